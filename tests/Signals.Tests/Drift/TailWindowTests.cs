using CsCheck;
using Grainwatch.Signals.Drift;

namespace Grainwatch.Signals.Tests.Drift;

public sealed class TailWindowTests
{
    [Fact]
    public void Add_AnyValues_HoldsWhatASortedListHolds() =>
        Gen.Select(Gen.Int[20, 60], Gen.Double[-5, 5].Select(v => Math.Round(v, 1)).Array[20, 200]).Sample(
            (capacity, values) =>
            {
                TailWindow window = new(capacity);
                for (int i = 0; i < values.Length; i++)
                {
                    window.Add(values[i]);
                    double[] held = [.. values.Take(i + 1).TakeLast(capacity).Order()];
                    Assert.Equal(held.Length, window.Count);
                    Assert.Equal(held[held.Length / 2], window.Median);
                    Assert.Equal(held[(int)(0.9 * held.Length)] - held[(int)(0.1 * held.Length)], window.Spread);
                }
            },
            iter: Steps.Of(100));

    [Fact]
    public void Upper_ExponentialTail_IsTheTruth()
    {
        TailWindow window = new(2000);
        for (int i = 0; i < 2000; i++)
        {
            window.Add(-Math.Log((i + 0.5) / 2000));
        }

        Assert.InRange(-Math.Log10(window.Upper(-Math.Log(1e-4), 1e-9)), 3.7, 4.3);
        Assert.Equal(1, window.Upper(1, 1e-9));
    }

    [Fact]
    public void Lower_MirroredValues_IsUpperOfTheMirror()
    {
        TailWindow window = new(500);
        TailWindow mirror = new(500);
        Random random = new(9);
        for (int i = 0; i < 700; i++)
        {
            double value = random.NextDouble() * random.NextDouble();
            window.Add(value);
            mirror.Add(-value);
        }

        Assert.Equal(window.Upper(1.3, 1e-9), mirror.Lower(-1.3, 1e-9), 12);
        Assert.True(window.Upper(1.3, 1e-9) < window.Upper(1.1, 1e-9));
    }
}
