using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Grainwatch.Signals.Rules;

/// <summary>Sums in four lanes: one sum alone would wait for each of its additions.</summary>
/// <remarks>
/// The number of lanes is fixed, whatever the machine has, so that every machine adds in the same order and a replay gives
/// the same bits everywhere.
/// </remarks>
internal static class Sums
{
    public static double Of(ReadOnlySpan<double> values)
    {
        Vector256<double> lanes = default;
        foreach (Vector256<double> four in MemoryMarshal.Cast<double, Vector256<double>>(values))
        {
            lanes += four;
        }

        double sum = Across(lanes);
        for (int i = values.Length - (values.Length % Vector256<double>.Count); i < values.Length; i++)
        {
            sum += values[i];
        }

        return sum;
    }

    /// <summary>The sum of the products of two lists of one length.</summary>
    public static double Product(ReadOnlySpan<double> one, ReadOnlySpan<double> other)
    {
        ReadOnlySpan<Vector256<double>> left = MemoryMarshal.Cast<double, Vector256<double>>(one);
        ReadOnlySpan<Vector256<double>> right = MemoryMarshal.Cast<double, Vector256<double>>(other);
        Vector256<double> lanes = default;
        for (int i = 0; i < left.Length && i < right.Length; i++)
        {
            lanes += left[i] * right[i];
        }

        double sum = Across(lanes);
        for (int i = one.Length - (one.Length % Vector256<double>.Count); i < one.Length; i++)
        {
            sum += one[i] * other[i];
        }

        return sum;
    }

    private static double Across(Vector256<double> lanes) => (lanes[0] + lanes[1]) + (lanes[2] + lanes[3]);
}
