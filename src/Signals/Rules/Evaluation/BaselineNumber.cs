using Grainwatch.Signals.Rules.Conditions;

namespace Grainwatch.Signals.Rules.Evaluation;

/// <summary>baseline(m), usual(m) and anomaly(m).</summary>
internal sealed class BaselineNumber(EvaluationFrame frame, BoundSeries series, MetricFunction function, Dimension dimension) : WindowNumber(frame)
{
    protected override Reading Look() => series.Column < 0 ? Reading.Missing : Reading.Of(function switch
    {
        MetricFunction.Baseline => Frame.Baseline.RobustZ(series.Column, Frame.Now),
        MetricFunction.Usual => Frame.Baseline.Usual(series.Column, Frame.Now),
        _ => Frame.Baseline.AnomalyScore(series.Column, Frame.Now),
    });

    protected override bool Exists => series.Column >= 0;

    public override bool Refresh(SeriesIndex index) => series.Refresh(index);

    public override string Describe(double value) => function switch
    {
        MetricFunction.Baseline => $"{Words.Name(series.Metric)} {Format(value)} spreads from its own past",
        MetricFunction.Usual => $"{Words.Name(series.Metric)} usually {Format(value)}",
        _ => $"{Words.Name(series.Metric)} anomaly score {Format(value)}",
    };

    public override string Format(double value) => Words.Value(value, dimension);
}
