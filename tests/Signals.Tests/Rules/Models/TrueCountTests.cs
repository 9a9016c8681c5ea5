using CsCheck;
using Grainwatch.Signals.Rules;

namespace Grainwatch.Signals.Tests.Rules.Models;

public sealed class TrueCountTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private static readonly Gen<(int OfLast, (int Gap, bool IsTrue)[] Steps)> Runs =
        Gen.Select(Gen.Int[1, 12], Gen.Select(Gen.Int[1, 6], Gen.Bool).Array[1, 60]);

    /// <summary>The ring against a list that is searched anew each time.</summary>
    [Fact]
    public void Observe_AnySpacing_CountsLikeAPlainList() => Runs.Sample(
        run =>
        {
            TrueCount count = new(run.OfLast, Interval);
            List<Timestamp> all = [];
            Timestamp now = TestWindows.Start;
            foreach ((int gap, bool isTrue) in run.Steps)
            {
                now += gap * Interval;
                if (isTrue)
                {
                    all.Add(now);
                }

                int expected = all.Count(t => t > now - (run.OfLast * Interval));
                Assert.Equal(expected, count.Observe(isTrue, now));
            }
        },
        seed: "0000KXYCHS45");

    /// <summary>Turning one evaluation from False to True never lowers a count, so it never un-fires an alert.</summary>
    [Fact]
    public void Observe_OneMoreTrue_NeverCountsFewer() => Gen.Select(Runs, Gen.Int[0, 59]).Sample(
        (run, flip) =>
        {
            TrueCount fewer = new(run.OfLast, Interval), more = new(run.OfLast, Interval);
            Timestamp now = TestWindows.Start;
            for (int i = 0; i < run.Steps.Length; i++)
            {
                now += run.Steps[i].Gap * Interval;
                int low = fewer.Observe(run.Steps[i].IsTrue, now), high = more.Observe(run.Steps[i].IsTrue || i == flip, now);
                Assert.True(high >= low && high <= run.OfLast);
            }
        },
        seed: "0000KXYCHS45");
}
