using Grainwatch.Signals.Metrics;

namespace Grainwatch.Signals.Windows;

/// <summary>
/// The rolling windows of one component tree: its own series and those of its copies and GPUs, one column each, on one
/// grid of buckets. About an hour of 10-s points, kept exactly to single precision.
/// </summary>
/// <remarks>
/// <para>The newest 40 rows are the head: floats, time-major, so that one tick of all columns writes one row, and NaN
/// for a missing value. Rows that leave the head are sealed by the page of 30 (<see cref="PageCodec"/>), and 12 pages
/// are kept: reads reach 370 to 399 rows back, whatever page boundary the newest row is at.</para>
/// <para>A point is upserted by (series, time of the point). The newest 8 rows are open: there the block knows the times
/// of its points, so a bucket of several points is folded exactly, whatever is sent again or corrected. In older rows
/// a point replaces a bucket of one point and leaves a bucket of several alone; both have names of their own.</para>
/// <para>The block is no state of an actor but a resource that its owner opens and closes. It is safe for threads: each
/// call takes <see cref="Gate"/>, and who needs several to belong together holds it around them. A silence longer than
/// all rows empties the block at once.</para>
/// </remarks>
public sealed partial class WindowBlock : ISeriesReader
{
    /// <summary>Rows that are kept as plain floats.</summary>
    public const int HeadRows = 40;

    /// <summary>Rows of a sealed page.</summary>
    public const int PageRows = PageCodec.Rows;

    /// <summary>Sealed pages of a block.</summary>
    public const int PageCount = 12;

    /// <summary>Newest rows in which the times of the points are known.</summary>
    public const int OpenRows = 8;

    /// <summary>A point more than this many rows ahead of the newest empties the block: nothing it holds would be kept.</summary>
    public const int RetainedRows = HeadRows + (PageRows * PageCount);

    private const long NoBucket = long.MinValue;
    private const long Never = long.MinValue;

    // What a cell of an open row knows of its points: none, only that the series ended, the offset of its only point
    // (zero and up), or (below MarkEnded) where its chain of points starts.
    private const int MarkNone = -1;
    private const int MarkEnded = -2;

    private readonly WindowBlockOptions _options;
    private readonly long _intervalMs;
    private readonly long _maxAheadMs;
    private readonly Dictionary<SeriesKey, int> _columns = [];
    private readonly SealedPage?[] _pages = new SealedPage?[PageCount];
    private readonly OpenPoints[] _open = new OpenPoints[OpenRows];
    private readonly int[] _rowPoints = new int[HeadRows];
    private readonly int[] _rowEnded = new int[HeadRows];
    private readonly SealedPage.ColumnSource _sealColumn;

    private UpsertCounters _counters = new();
    private SeriesKey[] _series = [];
    private IReadOnlyList<SeriesKey> _seriesView = [];
    private byte[] _folds = [];
    private long[] _lastTimes = [];
    private long[] _endedAt = [];
    private ulong[] _several = [];
    private float[] _head = [];
    private int[] _marks = [];
    private int _count;
    private int _stride;
    private long _newest = NoBucket;
    private long _newestStartMs = long.MinValue;
    private long _headStart;
    private int _newestRow;
    private bool _hasBeenWhole;
    private long _version;
    private long _sealingFrom;

    public WindowBlock(WindowBlockOptions? options = null)
    {
        _options = options ?? new WindowBlockOptions();
        _options.Validate();
        _intervalMs = (long)_options.Interval.TotalMilliseconds;
        _maxAheadMs = (long)_options.MaxAhead.TotalMilliseconds;
        _sealColumn = ReadForSeal;
        for (int i = 0; i < OpenRows; i++)
        {
            _open[i] = new OpenPoints();
        }
    }

    /// <summary>Taken by every call; hold it to make several belong together, and never across an await.</summary>
    public Lock Gate { get; } = new();

    public TimeSpan Interval => _options.Interval;

    public WindowBlockOptions Options => _options;

    /// <summary>Set by the owner alone. A closed block refuses writes and can still be read and saved.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Grows with every change of content.</summary>
    public long Version
    {
        get
        {
            lock (Gate)
            {
                return _version;
            }
        }
    }

    /// <summary>How often a silence longer than the window emptied the block.</summary>
    public long Resets { get; private set; }

    /// <summary>A copy of the counters of outcomes.</summary>
    public UpsertCounters Counters
    {
        get
        {
            lock (Gate)
            {
                return _counters.Copy();
            }
        }
    }

    /// <summary>Refuses every later write.</summary>
    public void Close()
    {
        lock (Gate)
        {
            IsClosed = true;
        }
    }

    /// <summary>The column of a series, which is added when it is new; rows before it are missing.</summary>
    /// <param name="series">Which series.</param>
    /// <param name="fold">How several points of one bucket become one value; kept from the first call.</param>
    /// <param name="column">The column.</param>
    /// <returns>False when the block is closed or takes no more columns.</returns>
    public bool TryAdd(SeriesKey series, BucketFold fold, out int column)
    {
        ArgumentNullException.ThrowIfNull(series);
        lock (Gate)
        {
            if (_columns.TryGetValue(series, out column))
            {
                return true;
            }

            if (IsClosed || _count >= _options.MaxColumns)
            {
                column = -1;
                return false;
            }

            column = _count;
            Reserve(_count + 1);
            _series[column] = series;
            _folds[column] = (byte)fold;
            _lastTimes[column] = Never;
            _endedAt[column] = Never;
            _columns.Add(series, column);
            _count++;
            _seriesView = new ArraySegment<SeriesKey>(_series, 0, _count);
            return true;
        }
    }

    /// <summary>As above, with the fold that <see cref="StatisticMerge"/> gives for the series' entry in the catalogue.</summary>
    public bool TryAdd(SeriesKey series, MetricDefinition definition, out int column)
    {
        ArgumentNullException.ThrowIfNull(series);
        ArgumentNullException.ThrowIfNull(definition);
        return TryAdd(series, StatisticMerge.FoldOf(series.Metric, definition.Kind, definition.Unit), out column);
    }

    /// <summary>Writes one point. NaN is refused; see <see cref="MarkMissing"/>.</summary>
    /// <param name="column">From <see cref="TryAdd(SeriesKey, BucketFold, out int)"/>.</param>
    /// <param name="time">Event time of the point.</param>
    /// <param name="value">In the canonical unit; kept to single precision.</param>
    /// <param name="now">The writer's clock, against which a time from the future is judged; a replay passes its own.</param>
    public UpsertOutcome Upsert(int column, Timestamp time, double value, Timestamp now)
    {
        lock (Gate)
        {
            return _counters.Count(UpsertLocked(column, time.UnixMs, value, now.UnixMs));
        }
    }

    /// <summary>Writes a batch under one taking of the gate; NaN marks a series as ended.</summary>
    /// <param name="points">In any order.</param>
    /// <param name="now">The writer's clock.</param>
    /// <param name="outcomes">Empty, or as long as the points.</param>
    /// <returns>How many were taken.</returns>
    public int Upsert(ReadOnlySpan<WindowPoint> points, Timestamp now, Span<UpsertOutcome> outcomes)
    {
        int taken = 0;
        lock (Gate)
        {
            for (int i = 0; i < points.Length; i++)
            {
                ref readonly WindowPoint point = ref points[i];
                UpsertOutcome outcome = _counters.Count(double.IsNaN(point.Value)
                    ? MarkLocked(point.Column, point.TimeUnixMs, now.UnixMs)
                    : UpsertLocked(point.Column, point.TimeUnixMs, point.Value, now.UnixMs));
                taken += outcome < UpsertOutcome.TooOld ? 1 : 0;
                if (!outcomes.IsEmpty)
                {
                    outcomes[i] = outcome;
                }
            }
        }

        return taken;
    }

    /// <summary>
    /// Says that a series ended (Prometheus' stale marker). A point of exactly that time is taken back; those before it
    /// stay. The series counts as having spoken in that row and is not expected in the next.
    /// </summary>
    public UpsertOutcome MarkMissing(int column, Timestamp time, Timestamp now)
    {
        lock (Gate)
        {
            return _counters.Count(MarkLocked(column, time.UnixMs, now.UnixMs));
        }
    }

    private void Reserve(int columns)
    {
        if (columns <= _stride)
        {
            return;
        }

        int stride = Math.Max(columns, _stride + (_stride / 4));
        stride = (stride + 7) / 8 * 8;
        Array.Resize(ref _series, stride);
        Array.Resize(ref _folds, stride);
        Array.Resize(ref _lastTimes, stride);
        Array.Resize(ref _endedAt, stride);
        Array.Resize(ref _several, stride);
        _head = Widen(_head, HeadRows, stride, float.NaN);
        _marks = Widen(_marks, OpenRows, stride, MarkNone);
        _stride = stride;
    }

    private T[] Widen<T>(T[] rows, int count, int stride, T empty)
    {
        T[] wide = new T[count * stride];
        Array.Fill(wide, empty);
        for (int row = 0; row < count; row++)
        {
            rows.AsSpan(row * _stride, _stride).CopyTo(wide.AsSpan(row * stride));
        }

        return wide;
    }
}
