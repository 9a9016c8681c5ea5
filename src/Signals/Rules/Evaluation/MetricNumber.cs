using Grainwatch.Signals.Rules.Conditions;
using Grainwatch.Signals.Windows;

namespace Grainwatch.Signals.Rules.Evaluation;

/// <summary>A function of a metric that an aggregate answers: last, avg, min, max, sum, count, rate, increase, age.</summary>
internal sealed class MetricNumber(
    int cell, TimeSpan interval, BoundSeries series, MetricFunctionExpression call, Dimension dimension) : WindowNumber(cell)
{
    private readonly long _windowMs = (long)(call.Function == MetricFunction.Age
        ? WindowLength.Max
        : (call.Window ?? WindowLength.StaleAfter).For(interval)).TotalMilliseconds;

    private readonly MetricFunction _function = call.Function;

    protected override Reading Look(EvaluationFrame frame)
    {
        int column = series.Column(frame);
        if (column < 0)
        {
            return Reading.Missing;
        }

        WindowAggregate window = frame.Aggregate(column, _windowMs);
        if (window.Count == 0)
        {
            return Reading.Missing;
        }

        return Reading.Of(_function switch
        {
            MetricFunction.Last => window.Last,
            MetricFunction.Avg => window.Mean,
            MetricFunction.Min => window.Min,
            MetricFunction.Max => window.Max,
            MetricFunction.Sum or MetricFunction.Increase => window.Sum,
            MetricFunction.Count => window.Count,
            MetricFunction.Rate => window.Sum * 1000.0 / _windowMs,
            _ => Math.Max(0, (frame.Newest - window.LastTime).TotalSeconds),
        });
    }

    protected override bool Exists(EvaluationFrame frame) => series.Column(frame) >= 0;

    public override bool Refresh(EvaluationFrame frame) => series.Refresh(frame);

    public override string Describe(EvaluationFrame frame, double value)
    {
        string name = Words.Name(series.Metric(frame));
        string number = Format(value);
        return _function switch
        {
            MetricFunction.Last => $"{name} {number}",
            MetricFunction.Avg => $"{name} {number} over {call.Window}",
            MetricFunction.Min => $"{name} never below {number} over {call.Window}",
            MetricFunction.Max => $"{name} up to {number} over {call.Window}",
            MetricFunction.Sum or MetricFunction.Increase => $"{name} {number} in {call.Window}",
            MetricFunction.Count => $"{name}: {number} points in {call.Window}",
            MetricFunction.Rate => $"{name} {number} over {call.Window}",
            _ => $"{name} {number} old",
        };
    }

    public override string Format(double value) => Words.Value(value, dimension);
}

/// <summary>Age of the newest point of any series of an entity.</summary>
internal sealed class AnyAgeNumber(AnySeries any) : BoundNumber
{
    public override Reading Read(EvaluationFrame frame) => Reading.Of(any.Age(frame));

    public override bool Refresh(EvaluationFrame frame) => any.Refresh(frame);

    public override string Describe(EvaluationFrame frame, double value) => $"newest data {Format(value)} old";

    public override string Format(double value) => Words.Value(value, new Dimension(Metrics.MetricUnit.Seconds));
}
