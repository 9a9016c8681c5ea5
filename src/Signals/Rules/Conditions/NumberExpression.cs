using Grainwatch.Signals.Metrics;

namespace Grainwatch.Signals.Rules.Conditions;

/// <summary>A number as it is written: <c>95%</c>, <c>250ms</c>, <c>2/s</c>, <c>1%/h</c>.</summary>
/// <param name="Amount">The digits.</param>
/// <param name="Unit">What follows them.</param>
/// <param name="Per">Seconds, minutes or hours for a number per time; None: not per time.</param>
public sealed record NumberExpression(double Amount, NumberUnit Unit = NumberUnit.None, NumberUnit Per = NumberUnit.None) : Expression
{
    /// <summary>The number in the unit in which the core holds such things.</summary>
    public double Value => Unit switch
    {
        NumberUnit.Percent => Amount / 100.0,
        NumberUnit.Milliseconds => Amount / 1000.0,
        _ => Amount * NumberUnits.Scale(Unit),
    } / (Per == NumberUnit.None ? 1.0 : NumberUnits.Scale(Per));

    internal Dimension Dimension
    {
        get
        {
            Dimension plain = Unit switch
            {
                NumberUnit.Percent => new Dimension(MetricUnit.Ratio),
                NumberUnit.Milliseconds or NumberUnit.Seconds or NumberUnit.Minutes or NumberUnit.Hours => new Dimension(MetricUnit.Seconds),
                NumberUnit.None => Per == NumberUnit.None ? Dimension.Plain : new Dimension(MetricUnit.Count),
                _ => new Dimension(MetricUnit.Bytes),
            };
            return Per == NumberUnit.None ? plain : plain.PerSecond();
        }
    }
}
