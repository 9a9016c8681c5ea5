using System.Runtime.Intrinsics;

namespace Grainwatch.Signals.Rules;

/// <summary>Sums in four lanes: one sum alone would wait for each of its additions.</summary>
/// <remarks>
/// The number of lanes is fixed, whatever the machine has, so that every machine adds in the same order and a replay gives
/// the same bits everywhere.
/// </remarks>
internal static class Sums
{
    private static readonly int Lanes = Vector256<double>.Count;

    public static double Of(ReadOnlySpan<double> values)
    {
        Vector256<double> lanes = default;
        int i = 0;
        for (; i + Lanes <= values.Length; i += Lanes)
        {
            lanes += Vector256.Create(values[i..]);
        }

        double sum = (lanes[0] + lanes[1]) + (lanes[2] + lanes[3]);
        for (; i < values.Length; i++)
        {
            sum += values[i];
        }

        return sum;
    }

    /// <summary>The sum of the products of two lists of one length.</summary>
    public static double Product(ReadOnlySpan<double> one, ReadOnlySpan<double> other)
    {
        Vector256<double> lanes = default;
        int i = 0;
        for (; i + Lanes <= one.Length; i += Lanes)
        {
            lanes += Vector256.Create(one[i..]) * Vector256.Create(other[i..]);
        }

        double sum = (lanes[0] + lanes[1]) + (lanes[2] + lanes[3]);
        for (; i < one.Length; i++)
        {
            sum += one[i] * other[i];
        }

        return sum;
    }
}
