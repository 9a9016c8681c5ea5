using System.Globalization;
using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Rules.Conditions;

namespace Grainwatch.Signals.Rules.Evaluation;

/// <summary>Numbers with units and names of metrics, for people.</summary>
internal static class Words
{
    private static readonly Dictionary<string, string> Spelling = new(StringComparer.Ordinal)
    {
        ["kv"] = "KV", ["gpu"] = "GPU", ["cpu"] = "CPU", ["ttft"] = "TTFT", ["xid"] = "XID", ["ecc"] = "ECC", ["pcie"] = "PCIe",
    };

    /// <summary><c>kv_cache_usage</c>: "KV cache usage".</summary>
    public static string Name(MetricName metric)
    {
        string[] words = metric.Base.Split('_', StringSplitOptions.RemoveEmptyEntries);
        for (int i = 0; i < words.Length; i++)
        {
            words[i] = Spelling.TryGetValue(words[i], out string? known) ? known
                : i == 0 ? char.ToUpperInvariant(words[i][0]) + words[i][1..]
                : words[i];
        }

        string name = words.Length == 0 ? metric.Base : string.Join(' ', words);
        return metric.Statistic is null ? name : $"{name} {metric.Statistic}";
    }

    public static string Value(double value, Dimension dimension) => (dimension.Unit, dimension.IsPerSecond) switch
    {
        (MetricUnit.Ratio, false) => Digits(value * 100) + " %",
        (MetricUnit.Ratio, true) => Digits(value * 360_000) + " % per hour",
        (MetricUnit.Seconds, false) => Math.Abs(value) < 1 && value != 0 ? Digits(value * 1000) + " ms" : Digits(value) + " s",
        (MetricUnit.Bytes, _) => Digits(value / (1024 * 1024)) + (dimension.IsPerSecond ? " MiB/s" : " MiB"),
        (MetricUnit.PerSecond, false) => Digits(value) + "/s",
        (MetricUnit.Celsius, false) => Digits(value) + " °C",
        (MetricUnit.Watts, false) => Digits(value) + " W",
        (MetricUnit.Hertz, false) => Digits(value / 1e6) + " MHz",
        (_, true) => Digits(value) + " per second",
        _ => Digits(value),
    };

    public static string Comparison(ComparisonOperator comparison) => comparison switch
    {
        ComparisonOperator.Greater => "above",
        ComparisonOperator.GreaterOrEqual => "at or above",
        ComparisonOperator.Less => "below",
        ComparisonOperator.LessOrEqual => "at or below",
        ComparisonOperator.Equal => "equal to",
        _ => "different from",
    };

    /// <summary>The comparison that holds when this one does not.</summary>
    public static ComparisonOperator Contrary(ComparisonOperator comparison) => comparison switch
    {
        ComparisonOperator.Greater => ComparisonOperator.LessOrEqual,
        ComparisonOperator.GreaterOrEqual => ComparisonOperator.Less,
        ComparisonOperator.Less => ComparisonOperator.GreaterOrEqual,
        ComparisonOperator.LessOrEqual => ComparisonOperator.Greater,
        ComparisonOperator.Equal => ComparisonOperator.NotEqual,
        _ => ComparisonOperator.Equal,
    };

    /// <summary>Three significant digits, more for whole numbers.</summary>
    public static string Digits(double value)
    {
        double size = Math.Abs(value);
        string format = size >= 100 || size == Math.Floor(size) ? "0" : size >= 10 ? "0.#" : size >= 1 ? "0.##" : "G3";
        return value.ToString(format, CultureInfo.InvariantCulture);
    }
}
