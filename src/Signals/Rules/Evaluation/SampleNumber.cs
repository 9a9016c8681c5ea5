using Grainwatch.Signals.Rules.Conditions;

namespace Grainwatch.Signals.Rules.Evaluation;

/// <summary>A function that looks at every point of the window: stddev, percentiles, slope, trend, forecast, above, occurs.</summary>
internal sealed class SampleNumber(
    int cell, TimeSpan interval, BoundSeries series, MetricFunctionExpression call, Dimension dimension, bool isHistogram) : WindowNumber(cell)
{
    private readonly TimeSpan _window = call.Window!.Value.For(interval);
    private readonly double[] _codes = [.. call.Arguments.Select(a => a.Value)];
    private readonly double _argument = call.Arguments.Count > 0 ? call.Arguments[0].Value : 0;

    protected override Reading Look(EvaluationFrame frame)
    {
        int column = series.Column(frame);
        if (column < 0)
        {
            return Reading.Missing;
        }

        if (isHistogram && call.Function == MetricFunction.Percentile)
        {
            return Reading.Of(frame.Histograms?.Quantile(column, frame.Now - _window, frame.Newest, _argument / 100));
        }

        if (call.Function == MetricFunction.Occurs)
        {
            return Occurrences(frame, column);
        }

        if (call.Function is MetricFunction.Slope or MetricFunction.Trend or MetricFunction.Forecast)
        {
            return frame.Line(column, _window) is { } line ? Reading.Of(OfLine(frame, line)) : Reading.Missing;
        }

        int count = frame.Copy(column, _window, out _, out Span<double> values);
        return count == 0 ? Reading.Missing : call.Function switch
        {
            MetricFunction.Stddev => count < 2 ? Reading.Missing : Reading.Of(StandardDeviation(values)),
            MetricFunction.Percentile => Reading.Of(Order.Quantile(values, _argument / 100)),
            _ => Reading.Of(ShareAbove(values)),
        };
    }

    protected override bool Exists(EvaluationFrame frame) => series.Column(frame) >= 0;

    public override bool Refresh(EvaluationFrame frame) => series.Refresh(frame);

    public override string Describe(EvaluationFrame frame, double value)
    {
        string name = Words.Name(series.Metric(frame));
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

    private double OfLine(EvaluationFrame frame, in TrendLine line) => call.Function switch
    {
        MetricFunction.Slope => line.SlopePerSecond,
        MetricFunction.Trend => line.Significance,
        _ => line.At(frame.Now.UnixMs + (_argument * 1000)),
    };

    /// <summary>Counts the points that became one of the codes; the point before the window tells whether the first is new.</summary>
    private Reading Occurrences(EvaluationFrame frame, int column)
    {
        int count = frame.Copy(column, _window + _window, out Span<long> times, out Span<double> values);
        long fromMs = (frame.Now - _window).UnixMs;
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
