using System.Globalization;
using Grainwatch.Signals.Correlation.Facts;
using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Correlation.Ranking;

/// <summary>Numbers, units and times as the sentences of a diagnosis write them.</summary>
internal static class Phrase
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    public static string Value(SeriesView view, double value) => view.Definition.Unit switch
    {
        MetricUnit.Seconds when Math.Abs(value) < 1 => $"{value * 1000:0.#} ms",
        MetricUnit.Seconds => $"{value:0.##} s",
        MetricUnit.Ratio => $"{value / view.Whole * 100:0.#} %",
        MetricUnit.Score => $"{value:0.00}",
        MetricUnit.Bytes => $"{value / (1 << 20):0} MiB",
        MetricUnit.Celsius => $"{value:0} °C",
        MetricUnit.Watts => $"{value:0} W",
        MetricUnit.Hertz => $"{value / 1e6:0} MHz",
        MetricUnit.PerSecond => $"{value:0.#}/s",
        _ => $"{value:0.###}",
    };

    /// <summary>10:02:10, in UTC.</summary>
    public static string Time(Timestamp time) => time.ToDateTimeOffset().ToString("HH:mm:ss", Invariant);

    public static string Span(double seconds) => Math.Abs(seconds) switch
    {
        < 120 => $"{seconds:0} s",
        < 7200 => $"{seconds / 60:0.#} min",
        _ => $"{seconds / 3600:0.#} h",
    };

    /// <summary>"kv_cache_usage of chat/assist rose from 61 % to 99 % by 10:02:10 (11.2 spreads)".</summary>
    public static string Moved(SeriesFact fact, TopologyMap topology)
    {
        string verb = fact.Z > 0 ? "rose" : "fell";
        string since = fact.Interval is { } onset ? $" by {Time(onset.FirstAbnormal)}" : "";
        return $"{fact.Metric} of {topology.Format(fact.Entity)} {verb} from {Value(fact.View, fact.Before)} to {Value(fact.View, fact.After)}{since} ({Math.Abs(fact.Z):0.#} spreads)";
    }

    /// <summary>"relevance stayed at 0.86".</summary>
    public static string Stayed(SeriesFact fact, TopologyMap topology) =>
        $"{fact.Metric} of {topology.Format(fact.Entity)} stayed at {Value(fact.View, fact.After)} (normal {Value(fact.View, fact.Before)})";

    public static string MovedOrStayed(SeriesFact fact, TopologyMap topology) => fact.Moved ? Moved(fact, topology) : Stayed(fact, topology);

    /// <summary>At most 100 characters, cut at a word.</summary>
    public static string Title(string text)
    {
        const int Max = 100;
        if (text.Length <= Max)
        {
            return text;
        }

        int cut = text.LastIndexOf(' ', Max - 1);
        return text[..(cut > Max / 2 ? cut : Max - 1)].TrimEnd(',', ';', ' ') + "…";
    }
}
