using Grainwatch.Signals.Quality;
using Grainwatch.Signals.Windows;

namespace Grainwatch.Signals.Rules.Evaluation;

/// <summary>What the nodes of all rules of one reader share: the readers, the instant, and what was read at it.</summary>
internal sealed class EvaluationFrame(ISeriesReader reader, IQualityReader? quality, IBaselineReader baseline)
{
    private const int LeastPoints = 3;

    /// <summary>A line is drawn anew each thirtieth of its window: what is said of half an hour does not change in ten seconds.</summary>
    private const int LineSteps = 30;

    /// <summary>Beyond this all lines are forgotten; a rule has a handful, an endpoint a few hundred.</summary>
    private const int LinesMax = 65_536;

    private readonly long _intervalMs = (long)reader.Interval.TotalMilliseconds;
    private readonly Dictionary<(int Column, long WindowMs), KnownLine> _lines = [];

    public ISeriesReader Reader { get; } = reader;

    public IHistogramReader? Histograms { get; } = reader as IHistogramReader;

    public IQualityReader? Quality { get; } = quality;

    public IBaselineReader Baseline { get; } = baseline;

    public TimeSpan Interval { get; } = reader.Interval;

    public Timestamp Now { get; private set; }

    /// <summary>Start of the newest whole bucket.</summary>
    public Timestamp Newest { get; private set; }

    /// <summary>Changes with every turn to an instant: what was read under another number may have changed since.</summary>
    public int Turn { get; private set; }

    /// <summary>Turns to an instant. The windows may have changed since the last turn, even if it was to the same instant.</summary>
    public void At(Timestamp now)
    {
        if (now <= Now)
        {
            _lines.Clear();
        }

        Turn++;
        Now = now;
        Newest = new Timestamp(now.UnixMs - _intervalMs);
    }

    /// <summary>The buckets of a window that ends now.</summary>
    public WindowAggregate Aggregate(int column, long windowMs) => Reader.Aggregate(column, new Timestamp(Now.UnixMs - windowMs), Newest);

    /// <summary>
    /// The line through a window that ended at most a thirtieth of its length ago, and not at all for windows of fewer than
    /// thirty buckets. When that was depends on the instant alone, so that whoever asks draws the same line.
    /// </summary>
    /// <returns>Null where the points do not cover half of the window: a line through a corner would speak for a time that nobody saw.</returns>
    public TrendLine? Line(int column, TimeSpan window)
    {
        long windowMs = (long)window.TotalMilliseconds;
        long stepMs = Math.Max(_intervalMs, windowMs / LineSteps / _intervalMs * _intervalMs);
        long endMs = Now.UnixMs - (Now.UnixMs % stepMs);
        if (_lines.TryGetValue((column, windowMs), out KnownLine known) && known.EndMs == endMs)
        {
            return known.Line;
        }

        int count = Copy(column, new Timestamp(endMs), window, out Span<long> times, out Span<double> values);
        bool isCovered = count >= LeastPoints && times[^1] - times[0] + _intervalMs >= windowMs / 2;
        TrendLine? line = isCovered ? TrendLine.Through(times, values) : null;
        if (_lines.Count >= LinesMax)
        {
            _lines.Clear();
        }

        _lines[(column, windowMs)] = new KnownLine(endMs, line);
        return line;
    }

    /// <summary>The non-empty buckets of the window, oldest first, in buffers that the next call overwrites.</summary>
    public int Copy(int column, TimeSpan window, out Span<long> times, out Span<double> values) => Copy(column, Now, window, out times, out values);

    private int Copy(int column, Timestamp end, TimeSpan window, out Span<long> times, out Span<double> values)
    {
        WindowBuffers.Take((int)(window / Interval) + 2, out times, out values);
        int count = Reader.Copy(column, end - window, end - Interval, times, values);
        times = times[..count];
        values = values[..count];
        return count;
    }

    private readonly record struct KnownLine(long EndMs, TrendLine? Line);
}
