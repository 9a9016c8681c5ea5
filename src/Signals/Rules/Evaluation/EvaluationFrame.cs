using Grainwatch.Signals.Quality;
using Grainwatch.Signals.Windows;

namespace Grainwatch.Signals.Rules.Evaluation;

/// <summary>What the nodes of one bound rule share: the readers, the instant, and buffers for copies of windows.</summary>
internal sealed class EvaluationFrame(ISeriesReader reader, IQualityReader? quality, IBaselineReader baseline)
{
    private const int LeastPoints = 3;

    private readonly long _intervalMs = (long)reader.Interval.TotalMilliseconds;
    private readonly List<KnownLine> _lines = [];
    private long[] _times = [];
    private double[] _values = [];

    public ISeriesReader Reader { get; } = reader;

    public IHistogramReader? Histograms { get; } = reader as IHistogramReader;

    public IQualityReader? Quality { get; } = quality;

    public IBaselineReader Baseline { get; } = baseline;

    public TimeSpan Interval { get; } = reader.Interval;

    public Timestamp Now { get; private set; }

    /// <summary>Start of the newest whole bucket.</summary>
    public Timestamp Newest { get; private set; }

    /// <summary>Turns to an instant, and forgets what was drawn before: the windows may have changed.</summary>
    public void At(Timestamp now)
    {
        _lines.Clear();
        Now = now;
        Newest = new Timestamp(now.UnixMs - _intervalMs);
    }

    /// <summary>The buckets of a window that ends now.</summary>
    public WindowAggregate Aggregate(int column, long windowMs) => Reader.Aggregate(column, new Timestamp(Now.UnixMs - windowMs), Newest);

    /// <summary>The line through a window: of a column and a window it is drawn once an instant, however often a rule asks.</summary>
    /// <returns>Null where the points do not cover half of the window: a line through a corner would speak for a time that nobody saw.</returns>
    public TrendLine? Line(int column, TimeSpan window)
    {
        foreach (KnownLine known in _lines)
        {
            if (known.Column == column && known.Window == window)
            {
                return known.Line;
            }
        }

        int count = Copy(column, window, out Span<long> times, out Span<double> values);
        bool isCovered = count >= LeastPoints && times[^1] - times[0] + _intervalMs >= window.TotalMilliseconds / 2;
        TrendLine? line = isCovered ? TrendLine.Through(times, values) : null;
        _lines.Add(new KnownLine(column, window, line));
        return line;
    }

    /// <summary>The non-empty buckets of the window, oldest first, in buffers that the next call overwrites.</summary>
    public int Copy(int column, TimeSpan window, out Span<long> times, out Span<double> values)
    {
        int size = (int)(window / Interval) + 2;
        if (_times.Length < size)
        {
            _times = new long[size];
            _values = new double[size];
        }

        int count = Reader.Copy(column, Now - window, Newest, _times.AsSpan(0, size), _values.AsSpan(0, size));
        times = _times.AsSpan(0, count);
        values = _values.AsSpan(0, count);
        return count;
    }

    private readonly record struct KnownLine(int Column, TimeSpan Window, TrendLine? Line);
}
