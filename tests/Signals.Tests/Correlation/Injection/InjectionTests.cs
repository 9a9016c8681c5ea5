using Xunit.Abstractions;

namespace Grainwatch.Signals.Tests.Correlation.Injection;

public sealed class InjectionTests(ITestOutputHelper output)
{
    private const int Seed = 20260;

    /// <summary>More repeats by GRAINWATCH_TEST_STEPS; the seed is printed.</summary>
    private static int Repeats => int.TryParse(Environment.GetEnvironmentVariable("GRAINWATCH_TEST_STEPS"), out int steps) ? Math.Clamp(steps / 100, 1, 20) : 1;

    [RootCauseFact]
    public void Diagnose_FaultInjectedAtEveryService_IsFirstInFourOfFive()
    {
        List<InjectionHarness.Trial> trials = [.. RootCauseData.Scenarios.SelectMany(s => new InjectionHarness(s).Run(Repeats, Seed))];

        string report = $"seed {Seed}, repeats {Repeats}\n{InjectionHarness.Report(trials)}";
        output.WriteLine(report);
        double first = (double)trials.Count(t => t.First) / trials.Count;
        Assert.True(first >= 0.78, report);
    }

    [RootCauseFact]
    public void Diagnose_UndisturbedBuckets_AreMostlyCalledNormal()
    {
        foreach (string scenario in RootCauseData.Scenarios)
        {
            foreach (string symptom in new[] { "latency.average", "availability" })
            {
                (int alarms, int asked) = new InjectionHarness(scenario).Undisturbed(symptom, 6);
                output.WriteLine($"{scenario} {symptom}: {alarms} of {asked} undisturbed times called anomalous");
                Assert.InRange(alarms, 0, asked / 2);
            }
        }
    }
}
