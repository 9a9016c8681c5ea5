using System.Diagnostics;

namespace Grainwatch.Benchmarks.Load;

/// <summary>
/// Measures from the sending of the first bad sample to the arrival of its page. In each trial another component goes bad,
/// in a push that is due anyway; it stays bad until its page has come and is well in the push after that.
/// </summary>
/// <param name="fleet">Whose components.</param>
/// <param name="metric">Which series of a component goes bad.</param>
/// <param name="badValue">And to what.</param>
/// <param name="trials">How many.</param>
/// <param name="spacing">Between two trials at the least.</param>
internal sealed class PageTrials(FleetBodies fleet, string metric, double badValue, int trials, TimeSpan spacing) : ITrouble
{
    /// <summary>Pushes in which an endpoint is well before it goes bad again.</summary>
    private const int WellPushes = 1;

    private readonly Lock _gate = new();
    private readonly Trial?[] _open = new Trial?[fleet.Endpoints];
    // An endpoint may be left bad by whoever measured before: its first push is well.
    private readonly int[] _well = [.. Enumerable.Repeat(-1, fleet.Endpoints)];
    private readonly int[] _begun = new int[fleet.Endpoints];
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _lastBegun;
    private int _started;
    private int _arrived;
    private int _trials = trials;

    /// <summary>From the first attempt to send.</summary>
    public Latencies FromFirstAttempt { get; } = new();

    /// <summary>From the attempt that was under way or over when the page came: the door took it.</summary>
    public Latencies FromLastAttempt { get; } = new();

    /// <summary>Pages that came for no trial: twice, or for nothing.</summary>
    public int Unexpected { get; private set; }

    public int Started => Volatile.Read(ref _started);

    public int Missing => Started - Volatile.Read(ref _arrived);

    /// <summary>The endpoints whose page has not come.</summary>
    public IReadOnlyList<string> Silent
    {
        get
        {
            lock (_gate)
            {
                return [.. Enumerable.Range(0, fleet.Endpoints).Where(e => _open[e] is { IsOver: false }).Select(fleet.Name)];
            }
        }
    }

    /// <summary>Waits until every trial has its page.</summary>
    /// <returns>False: it took longer than that.</returns>
    public async Task<bool> WaitAsync(TimeSpan patience)
    {
        try
        {
            await _done.Task.WaitAsync(patience);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>Begins no further trial.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _trials = _started;
            if (_arrived == _trials)
            {
                _done.TrySetResult();
            }
        }
    }

    public (int Series, double Value)[] Of(int endpoint)
    {
        lock (_gate)
        {
            if (_open[endpoint] is { } open)
            {
                return open.IsOver && End(endpoint) ? [] : [open.Bad];
            }

            _well[endpoint]++;
            bool isDue = _lastBegun == 0 || Stopwatch.GetElapsedTime(_lastBegun) >= spacing;
            if (_started >= _trials || _well[endpoint] < WellPushes || !isDue)
            {
                return [];
            }

            _lastBegun = Stopwatch.GetTimestamp();
            _started++;
            Trial trial = new((FleetBodies.SeriesOf(endpoint, _begun[endpoint]++ % 2, metric), badValue));
            _open[endpoint] = trial;
            return [trial.Bad];
        }
    }

    public void Sending(int endpoint, long stamp)
    {
        lock (_gate)
        {
            if (_open[endpoint] is { IsOver: false } open)
            {
                open.FirstSent = open.FirstSent == 0 ? stamp : open.FirstSent;
                open.LastSent = stamp;
            }
        }
    }

    /// <summary>Hears of a page.</summary>
    /// <param name="kind">Of notification; only FIRING counts.</param>
    /// <param name="name">Of the endpoint.</param>
    /// <param name="stamp">When it came.</param>
    public void Arrived(string kind, string name, long stamp)
    {
        if (kind != "FIRING")
        {
            return;
        }

        lock (_gate)
        {
            int endpoint = Enumerable.Range(0, fleet.Endpoints).FirstOrDefault(e => fleet.Name(e) == name, -1);
            if (endpoint < 0 || _open[endpoint] is not { IsOver: false, FirstSent: > 0 } open)
            {
                Unexpected++;
                return;
            }

            open.IsOver = true;
            FromFirstAttempt.Add(Stopwatch.GetElapsedTime(open.FirstSent, stamp));
            FromLastAttempt.Add(Stopwatch.GetElapsedTime(open.LastSent, stamp));
            if (++_arrived == _trials)
            {
                _done.TrySetResult();
            }
        }
    }

    private bool End(int endpoint)
    {
        _open[endpoint] = null;
        _well[endpoint] = 0;
        return true;
    }

    private sealed class Trial((int Series, double Value) bad)
    {
        public (int Series, double Value) Bad { get; } = bad;

        public long FirstSent { get; set; }

        public long LastSent { get; set; }

        public bool IsOver { get; set; }
    }
}
