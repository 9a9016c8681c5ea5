namespace Grainwatch.Signals.Rules;

/// <summary>Order statistics of a span, which is sorted in place.</summary>
internal static class Order
{
    public static double Median(Span<double> values) => Quantile(values, 0.5);

    /// <summary>Linear between the two nearest ranks (type 7 of Hyndman and Fan). The span must not be empty.</summary>
    public static double Quantile(Span<double> values, double share)
    {
        values.Sort();
        double place = share * (values.Length - 1);
        int low = (int)place;
        int high = Math.Min(low + 1, values.Length - 1);
        return values[low] + ((place - low) * (values[high] - values[low]));
    }
}
