using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Grainwatch.Signals.Rules.Conditions;

/// <summary>What each function of a metric takes.</summary>
internal static class FunctionTable
{
    private static readonly FunctionShape[] Shapes =
    [
        new("last", MetricFunction.Last, WindowUse.Optional),
        new("avg", MetricFunction.Avg, WindowUse.Required),
        new("min", MetricFunction.Min, WindowUse.Required),
        new("max", MetricFunction.Max, WindowUse.Required),
        new("sum", MetricFunction.Sum, WindowUse.Required),
        new("count", MetricFunction.Count, WindowUse.Required),
        new("stddev", MetricFunction.Stddev, WindowUse.Required),
        new("rate", MetricFunction.Rate, WindowUse.Required),
        new("increase", MetricFunction.Increase, WindowUse.Required),
        new("slope", MetricFunction.Slope, WindowUse.Required),
        new("trend", MetricFunction.Trend, WindowUse.Required),
        new("forecast", MetricFunction.Forecast, WindowUse.Required, 1, 1),
        new("above", MetricFunction.Above, WindowUse.Required, 1, 1),
        new("occurs", MetricFunction.Occurs, WindowUse.Required, 1, 32),
        new("baseline", MetricFunction.Baseline, WindowUse.None),
        new("usual", MetricFunction.Usual, WindowUse.None),
        new("anomaly", MetricFunction.Anomaly, WindowUse.None),
        new("age", MetricFunction.Age, WindowUse.None),
        new("absent", MetricFunction.Absent, WindowUse.Required),
    ];

    public static string Known =>
        string.Join(", ", Shapes.Select(s => s.Name)) + ", p50 … p99.9, quality, drift, unknown, coverage, changed, slo";

    public static bool TryFind(string name, [NotNullWhen(true)] out FunctionShape? shape, out double percentile)
    {
        shape = Array.Find(Shapes, s => string.Equals(s.Name, name, StringComparison.Ordinal));
        percentile = 0;
        if (shape is null && name.Length is >= 2 and <= 7 && name[0] == 'p' && char.IsAsciiDigit(name[1])
            && double.TryParse(name.AsSpan(1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out percentile)
            && percentile is > 0 and < 100)
        {
            shape = new FunctionShape(name, MetricFunction.Percentile, WindowUse.Required);
        }

        return shape is not null;
    }

    public static string Name(MetricFunctionExpression call) => call.Function == MetricFunction.Percentile
        ? "p" + call.Arguments[0].Amount.ToString(CultureInfo.InvariantCulture)
        : Array.Find(Shapes, s => s.Function == call.Function)!.Name;
}
