using Grainwatch.Signals.Rules.Conditions;

namespace Grainwatch.Signals.Rules.Evaluation;

/// <summary>baseline(m), usual(m) and anomaly(m).</summary>
internal sealed class BaselineNumber(int cell, BoundSeries series, MetricFunction function, Dimension dimension) : WindowNumber(cell)
{
    protected override Reading Look(EvaluationFrame frame) => series.Column(frame) is int column && column < 0 ? Reading.Missing : Reading.Of(function switch
    {
        MetricFunction.Baseline => frame.Baseline.RobustZ(column, frame.Now),
        MetricFunction.Usual => frame.Baseline.Usual(column, frame.Now),
        _ => frame.Baseline.AnomalyScore(column, frame.Now),
    });

    protected override bool Exists(EvaluationFrame frame) => series.Column(frame) >= 0;

    public override bool Refresh(EvaluationFrame frame) => series.Refresh(frame);

    public override string Describe(EvaluationFrame frame, double value) => function switch
    {
        MetricFunction.Baseline => $"{Words.Name(series.Metric(frame))} {Format(value)} spreads from its own past",
        MetricFunction.Usual => $"{Words.Name(series.Metric(frame))} usually {Format(value)}",
        _ => $"{Words.Name(series.Metric(frame))} anomaly score {Format(value)}",
    };

    public override string Format(double value) => Words.Value(value, dimension);
}
