using Grainwatch.Signals.Quality;
using Grainwatch.Signals.Topology;
using Grainwatch.Signals.Windows;

namespace Grainwatch.Signals.Rules.Evaluation;

/// <summary>
/// What the nodes of all rules read and remember of one endpoint: the readers, who is who, where its series are, the instant,
/// and what was read and said at it. The nodes themselves may be those of many endpoints.
/// </summary>
internal sealed class EvaluationFrame(SeriesIndex index, IQualityReader? quality, IBaselineReader baseline)
{
    private const int LeastPoints = 3;

    /// <summary>A line is drawn anew each thirtieth of its window: what is said of half an hour does not change in ten seconds.</summary>
    private const int LineSteps = 30;

    /// <summary>Beyond this all lines are forgotten; a rule has a handful, an endpoint a few hundred.</summary>
    private const int LinesMax = 65_536;

    private readonly long _intervalMs = (long)index.Reader.Interval.TotalMilliseconds;
    private readonly Dictionary<(int Column, long WindowMs), KnownLine> _lines = [];

    private TopologyMap _topology = TopologyMap.Empty;
    private FoundColumn[] _columns = [];
    private ReadingCell[] _cells = [];
    private byte[] _said = [];
    private bool[] _takesPart = [];
    private int[] _spoke = [];
    private int[][] _below = [];
    private QualityDecision?[] _decisions = [];

    public SeriesIndex Index { get; } = index;

    public ISeriesReader Reader { get; } = index.Reader;

    public IHistogramReader? Histograms { get; } = index.Reader as IHistogramReader;

    public IQualityReader? Quality { get; } = quality;

    public IBaselineReader Baseline { get; } = baseline;

    public TimeSpan Interval { get; } = index.Reader.Interval;

    public Timestamp Now { get; private set; }

    /// <summary>Start of the newest whole bucket.</summary>
    public Timestamp Newest { get; private set; }

    /// <summary>Changes with every turn to an instant: what was read under another number may have changed since.</summary>
    public int Turn { get; private set; } = 1;

    /// <summary>Who is who, by the numbers of the nodes.</summary>
    public IReadOnlyList<EntityId> Entities { get; private set; } = [];

    public FoundColumn[] Columns => _columns;

    public ReadingCell[] Cells => _cells;

    /// <summary>What each condition said, and whether it will always say so.</summary>
    public byte[] Said => _said;

    public bool[] TakesPart => _takesPart;

    /// <summary>Which of several spoke last; -1: none.</summary>
    public int[] Spoke => _spoke;

    public int[][] Below => _below;

    public QualityDecision?[] Decisions => _decisions;

    /// <summary>Makes room for nodes. What is remembered at places that were there stays.</summary>
    /// <param name="size">Of all nodes that are asked from now on.</param>
    /// <param name="entities">By the numbers of the nodes.</param>
    /// <param name="topology">Names them.</param>
    public void Fit(FrameSize size, IReadOnlyList<EntityId> entities, TopologyMap topology)
    {
        (Entities, _topology) = (entities, topology);
        Grow(ref _columns, size.Columns);
        Grow(ref _cells, size.Cells);
        Grow(ref _said, size.Conditions);
        Grow(ref _takesPart, size.Parts);
        Grow(ref _decisions, size.Decisions);
        int spoke = _spoke.Length, below = _below.Length;
        Grow(ref _spoke, size.Spoke);
        Grow(ref _below, size.Below);
        _spoke.AsSpan(Math.Min(spoke, _spoke.Length)).Fill(-1);
        _below.AsSpan(Math.Min(below, _below.Length)).Fill([]);
    }

    /// <summary>Forgets everything that was remembered of nodes: others follow.</summary>
    public void Clear()
    {
        (_columns, _cells, _said, _takesPart, _spoke, _below, _decisions) = ([], [], [], [], [], [], []);
    }

    /// <summary>The name of an entity, for people.</summary>
    public string NameOf(int entity) => _topology.Format(Entities[entity]);

    /// <summary>True: of the relatives from a place on none takes part.</summary>
    public bool NobodyTakesPart(int first, int count) => !_takesPart.AsSpan(first, count).Contains(true);

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

    private static void Grow<T>(ref T[] places, int size)
    {
        if (places.Length < size)
        {
            Array.Resize(ref places, size);
        }
    }

    private readonly record struct KnownLine(long EndMs, TrendLine? Line);
}
