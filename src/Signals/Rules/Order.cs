namespace Grainwatch.Signals.Rules;

/// <summary>Order statistics of a span, whose values are moved about in place.</summary>
internal static class Order
{
    public static double Median(Span<double> values) => Quantile(values, 0.5);

    /// <summary>Linear between the two nearest ranks (type 7 of Hyndman and Fan). The span must not be empty.</summary>
    public static double Quantile(Span<double> values, double share)
    {
        double place = share * (values.Length - 1);
        int low = (int)place;
        double lower = Select(values, low);
        if (low + 1 == values.Length)
        {
            return lower + ((place - low) * (lower - lower));
        }

        double upper = values[low + 1];
        foreach (double value in values[(low + 2)..])
        {
            upper = Math.Min(upper, value);
        }

        return lower + ((place - low) * (upper - lower));
    }

    /// <summary>The value of a rank; afterwards none before it is greater and none behind it is less.</summary>
    /// <remarks>
    /// Hoare's selection with the median of three as the pivot, which is linear on what metrics look like. After more
    /// rounds than that needs the rest is sorted, so that no input is worse than sorting; NaN, which has no place in
    /// such an order, is left to the sort as well.
    /// </remarks>
    private static double Select(Span<double> values, int rank)
    {
        int first = 0;
        int last = values.Length - 1;
        int rounds = 2 * (32 - int.LeadingZeroCount(values.Length));
        if (HasNaN(values))
        {
            rounds = 0;
        }

        while (first < last)
        {
            if (rounds-- <= 0)
            {
                values[first..(last + 1)].Sort();
                break;
            }

            double pivot = MedianOfThree(values[first], values[first + ((last - first) / 2)], values[last]);
            int left = first;
            int right = last;
            while (left <= right)
            {
                while (values[left] < pivot)
                {
                    left++;
                }

                while (values[right] > pivot)
                {
                    right--;
                }

                if (left <= right)
                {
                    (values[left], values[right]) = (values[right], values[left]);
                    left++;
                    right--;
                }
            }

            if (rank <= right)
            {
                last = right;
            }
            else if (rank >= left)
            {
                first = left;
            }
            else
            {
                break;
            }
        }

        return values[rank];
    }

    private static double MedianOfThree(double a, double b, double c) => Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));

    private static bool HasNaN(ReadOnlySpan<double> values)
    {
        foreach (double value in values)
        {
            if (double.IsNaN(value))
            {
                return true;
            }
        }

        return false;
    }
}
