namespace Grainwatch.Signals.Rules;

/// <summary>How many of the last N evaluations were true, by event time: what is older than N intervals has left.</summary>
internal sealed class TrueCount(int ofLast, TimeSpan interval)
{
    private readonly Timestamp[] _times = new Timestamp[ofLast];
    private int _first;
    private int _count;

    /// <summary>True evaluations among the last N up to now.</summary>
    public int Observe(bool isTrue, Timestamp now)
    {
        Timestamp horizon = now - (interval * ofLast);
        while (_count > 0 && _times[_first] <= horizon)
        {
            _first = (_first + 1) % ofLast;
            _count--;
        }

        if (isTrue)
        {
            if (_count == ofLast)
            {
                // Evaluations closer than the interval: the oldest gives way.
                _first = (_first + 1) % ofLast;
                _count--;
            }

            _times[(_first + _count) % ofLast] = now;
            _count++;
        }

        return _count;
    }
}
