namespace Grainwatch.Signals.Replay;

/// <summary>Reads one <c>metrics*.csv</c>: <c>time,entity,metric,value[,arrival]</c>.</summary>
internal sealed class MetricFile(string file, RawSeriesTable table, RowBuffer rows, ProblemLog problems, RecordingLimits limits)
{
    private const int Time = 0;
    private const int Entity = 1;
    private const int Metric = 2;
    private const int Value = 3;
    private const int Arrival = 4;
    private const int UsualRowBytes = 24;

    private static readonly string[] Names = ["time", "entity", "metric", "value", "arrival"];

    private readonly byte[] _lastTime = new byte[64];
    private int _lastTimeLength;
    private long _lastTimeUnixMs;

    public void Read(LineSource lines)
    {
        rows.Reserve((int)Math.Min(lines.ExpectedBytes / UsualRowBytes, limits.MetricRows));
        new CsvRows(file, Names, Arrival, problems, limits).Read(lines, () => rows.Count >= limits.MetricRows ? $"{limits.MetricRows} rows" : null, ReadRow);
    }

    private string? ReadRow(CsvLayout layout, ReadOnlySpan<byte> line)
    {
        if (!layout.TryCut(ref line))
        {
            return "fewer fields than the header, or a quote that is not closed";
        }

        ReadOnlySpan<byte> time = layout.Field(line, Time);
        if (!TryTime(time, out long timeUnixMs))
        {
            return "the time is neither ISO 8601 nor Unix seconds";
        }

        ReadOnlySpan<byte> valueText = layout.Field(line, Value);
        double value = double.NaN;
        if (!valueText.IsEmpty && !Utf8Values.TryNumber(valueText, out value))
        {
            return "the value is no number";
        }

        int series = table.Find(layout.Field(line, Entity), layout.Field(line, Metric), out string? reason);
        if (series < 0 || table.Series[series].Key is null)
        {
            if (reason is null)
            {
                problems.CountAgain();
            }

            return reason;
        }

        if (double.IsNaN(value))
        {
            // A blank value says that there was none: a gap, not a zero, and nothing to complain about.
            return null;
        }

        value = (value * table.Series[series].Scale) + 0.0;
        if (!double.IsFinite(value))
        {
            return "the value is infinite";
        }

        ReadOnlySpan<byte> arrival = layout.Field(line, Arrival);
        long arrivalUnixMs = timeUnixMs;
        if (!arrival.IsEmpty && !Utf8Values.TryTime(arrival, out arrivalUnixMs))
        {
            return "the arrival is neither ISO 8601 nor Unix seconds";
        }

        rows.Add(timeUnixMs, series, value);
        if (!arrival.IsEmpty)
        {
            rows.SetArrival(arrivalUnixMs);
        }

        return null;
    }

    private bool TryTime(ReadOnlySpan<byte> text, out long unixMs)
    {
        if (text.SequenceEqual(_lastTime.AsSpan(0, _lastTimeLength)) && _lastTimeLength > 0)
        {
            unixMs = _lastTimeUnixMs;
            return true;
        }

        bool read = Utf8Values.TryTime(text, out unixMs);
        if (read && text.Length <= _lastTime.Length)
        {
            text.CopyTo(_lastTime);
            _lastTimeLength = text.Length;
            _lastTimeUnixMs = unixMs;
        }

        return read;
    }
}
