using CsCheck;
using Grainwatch.Signals.Alerts;
using Grainwatch.Signals.Rules;
using static Grainwatch.Signals.Tests.Rules.TestFleet;

namespace Grainwatch.Signals.Tests.Rules.Models;

public sealed class VerdictTrackerModelTests
{
    private static readonly Gen<(int Gap, Truth Truth)[]> Runs =
        Gen.Select(Gen.Frequency((8, Gen.Const(1)), (1, Gen.Int[2, 20])), Gen.OneOf(Truth.True, Truth.True, Truth.True, Truth.False, Truth.Hold, Truth.Missing, Truth.Error)).Array[1, 120];

    /// <summary>
    /// The hold is never more than the time between neighbouring True evaluations since the last False; what is said is
    /// never older than 30 s; every change of truth is said; a second run says the same.
    /// </summary>
    [Fact]
    public void Observe_AnyHistory_CertifiesOnlyWhatItSaw() => Runs.Sample(
        run =>
        {
            VerdictTracker tracker = Make(), twin = Make();
            Timestamp now = TestWindows.Start, said = default;
            TimeSpan certified = TimeSpan.Zero;
            Truth? before = null;
            foreach ((int gap, Truth truth) in run)
            {
                TimeSpan step = gap * TimeSpan.FromSeconds(10);
                now += step;
                certified = truth == Truth.False ? TimeSpan.Zero
                    : truth == Truth.True && before == Truth.True && step <= TimeSpan.FromSeconds(25) ? certified + step
                    : certified;
                Verdict? verdict = tracker.Observe(new ConditionResult(truth), now);
                Assert.Equal(verdict, twin.Observe(new ConditionResult(truth), now));
                Assert.True(tracker.Held <= certified);
                Assert.True(verdict is not null || (truth == before && now - said < VerdictTracker.Heartbeat));
                if (verdict is not null)
                {
                    said = now;
                    Assert.Equal((truth, now), (verdict.Truth, verdict.AsOf));
                    Assert.True(verdict.From <= now && (truth == Truth.True || verdict.Held == TimeSpan.Zero));
                }

                before = truth;
            }
        },
        seed: "0000KXYCHS45");

    private static VerdictTracker Make()
    {
        TimeSpan interval = TimeSpan.FromSeconds(10);
        AlertPolicy policy = Shared.ToPolicy(interval);
        return new VerdictTracker(policy, new RuleTarget(Assist), interval, VerdictEpoch.Single);
    }

    private static Rule Shared { get; } = Rule("m > 1");
}
