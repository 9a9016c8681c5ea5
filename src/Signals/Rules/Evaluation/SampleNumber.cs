using Grainwatch.Signals.Rules.Conditions;

namespace Grainwatch.Signals.Rules.Evaluation;

/// <summary>A function that looks at every point of the window: stddev, percentiles, slope, trend, forecast, above, occurs.</summary>
internal sealed class SampleNumber(EvaluationFrame frame, BoundSeries series, MetricFunctionExpression call, Dimension dimension, bool isHistogram) : WindowNumber(frame)
{
    private readonly TimeSpan _window = call.Window!.Value.For(frame.Interval);
    private readonly double[] _codes = [.. call.Arguments.Select(a => a.Value)];
    private readonly double _argument = call.Arguments.Count > 0 ? call.Arguments[0].Value : 0;

    protected override Reading Look()
    {
        int column = series.Column;
        if (column < 0)
        {
            return Reading.Missing;
        }

        if (isHistogram && call.Function == MetricFunction.Percentile)
        {
            return Reading.Of(Frame.Histograms?.Quantile(column, Frame.Now - _window, Frame.Newest, _argument / 100));
        }

        if (call.Function == MetricFunction.Occurs)
        {
            return Occurrences(column);
        }

        if (call.Function is MetricFunction.Slope or MetricFunction.Trend or MetricFunction.Forecast)
        {
            return Frame.Line(column, _window) is { } line ? Reading.Of(OfLine(line)) : Reading.Missing;
        }

        int count = Frame.Copy(column, _window, out _, out Span<double> values);
        return count == 0 ? Reading.Missing : call.Function switch
        {
            MetricFunction.Stddev => count < 2 ? Reading.Missing : Reading.Of(StandardDeviation(values)),
            MetricFunction.Percentile => Reading.Of(Order.Quantile(values, _argument / 100)),
            _ => Reading.Of(ShareAbove(values)),
        };
    }

    protected override bool Exists => series.Column >= 0;

    public override bool Refresh(SeriesIndex index) => series.Refresh(index);

    public override string Describe(double value)
    {
        string name = Words.Name(series.Metric);
        return call.Function switch
        {
            MetricFunction.Stddev => $"{name} spreads by {Format(value)} over {call.Window}",
            MetricFunction.Percentile => $"{name} {FunctionTable.Name(call)} {Format(value)} over {call.Window}",
            MetricFunction.Above => $"{name} above {ConditionPrinter.Number(call.Arguments[0])} for {Format(value)} of {call.Window}",
            MetricFunction.Slope => $"{name} changes by {Format(value)} over {call.Window}",
            MetricFunction.Trend => $"{name} trend of {Format(value)} standard errors over {call.Window}",
            MetricFunction.Forecast => $"{name} forecast {Format(value)} in {ConditionPrinter.Number(call.Arguments[0])}",
            _ => $"{name}: {Format(value)} new in {call.Window}",
        };
    }

    public override string Format(double value) => Words.Value(value, dimension);

    private double OfLine(in TrendLine line) => call.Function switch
    {
        MetricFunction.Slope => line.SlopePerSecond,
        MetricFunction.Trend => line.Significance,
        _ => line.At(Frame.Now.UnixMs + (_argument * 1000)),
    };

    /// <summary>Counts the points that became one of the codes; the point before the window tells whether the first is new.</summary>
    private Reading Occurrences(int column)
    {
        int count = Frame.Copy(column, _window + _window, out Span<long> times, out Span<double> values);
        long fromMs = (Frame.Now - _window).UnixMs;
        int inside = 0, found = 0;
        for (int i = 0; i < count; i++)
        {
            if (times[i] < fromMs)
            {
                continue;
            }

            inside++;
            if (!double.IsFinite(values[i]))
            {
                return new Reading(double.NaN, Truth.Error);
            }

            found += IsCode(values[i]) && (i == 0 || values[i] != values[i - 1]) ? 1 : 0;
        }

        return inside == 0 ? Reading.Missing : Reading.Of(found);
    }

    private bool IsCode(double value) => Array.IndexOf(_codes, value) >= 0;

    private double ShareAbove(Span<double> values)
    {
        int above = 0;
        foreach (double value in values)
        {
            if (double.IsNaN(value))
            {
                return double.NaN;
            }

            above += value > (float)_argument ? 1 : 0; // As precise as the values are.
        }

        return (double)above / values.Length;
    }

    private static double StandardDeviation(Span<double> values)
    {
        double mean = 0;
        foreach (double value in values)
        {
            mean += value;
        }

        mean /= values.Length;
        double squares = 0;
        foreach (double value in values)
        {
            squares += (value - mean) * (value - mean);
        }

        return Math.Sqrt(squares / (values.Length - 1));
    }
}
