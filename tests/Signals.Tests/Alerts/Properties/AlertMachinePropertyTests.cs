using CsCheck;
using Grainwatch.Signals.Alerts;
using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Rules;
using static Grainwatch.Signals.Tests.Alerts.AlertFixtures;

namespace Grainwatch.Signals.Tests.Alerts.Properties;

public sealed class AlertMachinePropertyTests
{
    private static readonly Gen<(Truth Truth, int Back, int Ahead)[]> Life =
        Gen.Select(Gen.Enum<Truth>(), Gen.Int[0, 60], Gen.Int[1, 120]).Array[1, 40];

    /// <summary>Any verdict heard twice changes nothing the second time.</summary>
    [Fact]
    public void Step_VerdictTwice_IsOutdated() => Gen.Select(Life, Gen.Enum<MissingPolicy>()).Sample((life, missing) =>
    {
        AlertPolicy policy = Policy(missing: missing);
        AlertInstance alert = AlertInstance.Of(Verdict(Truth.Hold, 0, 0));
        foreach (AlertInput.Observation seen in Play(life))
        {
            alert = AlertMachine.Step(alert, seen, policy, seen.AsOf).State!;
            AlertStep again = AlertMachine.Step(alert, seen, policy, seen.AsOf);
            Assert.Equal(AlertReason.Outdated, again.Reason);
            Assert.Equal(alert, again.State);
        }
    });

    /// <summary>Every beginning has its end before the next: Fire and Resolve alternate, and an episode fires once.</summary>
    [Fact]
    public void Step_AnyLife_FireAndResolveAlternate() => Gen.Select(Life, Gen.Enum<MissingPolicy>()).Sample((life, missing) =>
    {
        AlertPolicy policy = Policy(missing: missing);
        AlertInstance alert = AlertInstance.Of(Verdict(Truth.Hold, 0, 0));
        bool isFiring = false;
        HashSet<string> fired = [];
        foreach (AlertInput.Observation seen in Play(life))
        {
            foreach (AlertInput input in new AlertInput[] { seen, new AlertInput.Tick() })
            {
                AlertStep step = AlertMachine.Step(alert, input, policy, seen.AsOf + TimeSpan.FromSeconds(input is AlertInput.Tick ? 20 : 0));
                alert = step.State!;
                foreach (AlertEffect effect in step.Effects.Where(e => e.Kind is AlertEffectKind.Fire or AlertEffectKind.Resolve))
                {
                    Assert.Equal(isFiring, effect.Kind == AlertEffectKind.Resolve);
                    isFiring = !isFiring;
                    Assert.True(!isFiring || fired.Add(alert.Episode.EpisodeId!));
                }

                Assert.Equal(isFiring, alert.IsFiring);
            }
        }
    });

    private static IEnumerable<AlertInput.Observation> Play((Truth Truth, int Back, int Ahead)[] life)
    {
        double time = 0;
        foreach ((Truth truth, int back, int ahead) in life)
        {
            time += ahead;
            yield return Seen(truth, time - Math.Min(back, ahead), time);
        }
    }
}
