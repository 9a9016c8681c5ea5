using Grainwatch.Signals.Correlation.Deviations;
using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Topology;
using Grainwatch.Signals.Windows;

namespace Grainwatch.Signals.Correlation.Facts;

/// <summary>A series with its values on the scale of its metric, and the way from a time to an index.</summary>
internal sealed class SeriesView
{
    private const int SpacingsForInterval = 20;
    private const double CountedRateFloor = 0.002;
    private const long DefaultIntervalMs = 10_000;

    public SeriesView(SeriesData data, MetricDefinition definition)
    {
        Data = data;
        Definition = definition;
        double largest = 0;
        foreach (double value in data.Values)
        {
            largest = Math.Max(largest, Math.Abs(value));
        }

        Largest = largest;
        Scale = MetricScale.Of(definition, largest);
        Y = new double[data.Count];
        for (int i = 0; i < Y.Length; i++)
        {
            Y[i] = Scale.Of(data.Values[i]);
        }

        IntervalMs = MedianSpacing(data.TimesUnixMs);
    }

    public SeriesData Data { get; }

    public MetricDefinition Definition { get; }

    public MetricScale Scale { get; private set; }

    public EntityId Entity => Data.Key.Entity;

    public MetricName Metric => Data.Key.Metric;

    public int Count => Data.Count;

    public long[] Times => Data.TimesUnixMs;

    public double[] Values => Data.Values;

    /// <summary>Values on the metric's scale.</summary>
    public double[] Y { get; }

    /// <summary>Length of a bucket: the median of the last spacings.</summary>
    public long IntervalMs { get; }

    /// <summary>The largest magnitude; tells percent from shares.</summary>
    public double Largest { get; }

    /// <summary>For a success rate: the requests that it is a share of, where they are counted.</summary>
    public SeriesView? Requests { get; private set; }

    /// <summary>
    /// Makes this a rate of counted requests: its small spreads are then believed, because a Beta-binomial tail guards
    /// against the noise of few requests.
    /// </summary>
    public void CountBy(SeriesView? requests)
    {
        Requests = requests;
        Scale = requests is null ? Scale : Scale with { Floor = CountedRateFloor * Whole };
    }

    /// <summary>What a success rate reads when nothing fails: 1, or 100 where it is sent in percent.</summary>
    public double Whole => Largest > 1.5 ? 100 : 1;

    /// <summary>Requests in the bucket of a point; 0 where they are not counted.</summary>
    public double RequestsAt(int i)
    {
        if (Requests is null)
        {
            return 0;
        }

        int at = i < Requests.Count && Requests.Times[i] == Times[i] ? i : Requests.At(Times[i], IntervalMs);
        return at < 0 ? 0 : Math.Max(0, Requests.Values[at]);
    }

    /// <summary>Index of the first point at or after a time.</summary>
    public int From(long unixMs)
    {
        int found = Array.BinarySearch(Times, unixMs);
        return found < 0 ? ~found : found;
    }

    /// <summary>Index of the point nearest to a time, at most half of <paramref name="toleranceMs"/> away; -1: none.</summary>
    public int At(long unixMs, long toleranceMs)
    {
        int i = From(unixMs);
        int best = -1;
        long distance = toleranceMs / 2 + 1;
        for (int k = Math.Max(0, i - 1); k <= i && k < Count; k++)
        {
            long d = Math.Abs(Times[k] - unixMs);
            if (d < distance)
            {
                distance = d;
                best = k;
            }
        }

        return best;
    }

    private static long MedianSpacing(long[] times)
    {
        int n = Math.Min(SpacingsForInterval, times.Length - 1);
        if (n <= 0)
        {
            return DefaultIntervalMs;
        }

        Span<long> spacings = stackalloc long[n];
        for (int i = 0; i < n; i++)
        {
            spacings[i] = times[times.Length - 1 - i] - times[times.Length - 2 - i];
        }

        spacings.Sort();
        return Math.Max(1, spacings[n / 2]);
    }
}
