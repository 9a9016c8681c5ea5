using System.Globalization;
using Grainwatch.Signals.Alerts;
using Xunit.Abstractions;

namespace Grainwatch.Signals.Tests.Alerts.Simulation;

/// <summary>
/// Searches for a way in which the properties of alerts fail. GRAINWATCH_TEST_STEPS says how many random steps to take,
/// GRAINWATCH_TEST_SEED where to begin; a failure names the seed of its world.
/// </summary>
public sealed class AlertSimulationTests(ITestOutputHelper output)
{
    private const int StepsPerWorld = 600;

    public static TheoryData<string> Broken => [.. BrokenMachines.All.Keys];

    [Fact]
    public void Simulation_RandomWorlds_KeepEveryProperty()
    {
        long wanted = Number("GRAINWATCH_TEST_STEPS", 20_000);
        int seed = (int)Number("GRAINWATCH_TEST_SEED", 20_260_301);
        output.WriteLine($"seed {seed}, {wanted} steps");
        for (long steps = 0; steps < wanted; seed++)
        {
            SimulatedWorld world = new(seed, EndpointAlerts.Step);
            Exception? failure = Record.Exception(() => world.Run(StepsPerWorld));
            Assert.True(failure is null, $"seed {seed}, step {world.Steps}: {failure}");
            steps += world.Steps;
        }
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public void Simulation_BrokenMachine_IsCaught(string name)
    {
        StepFunction broken = BrokenMachines.All[name];
        for (int seed = 1; seed <= 60; seed++)
        {
            SimulatedWorld world = new(seed, broken);
            if (Record.Exception(() => world.Run(StepsPerWorld)) is SimulationException caught)
            {
                output.WriteLine($"{name}: seed {seed}, step {world.Steps}, {caught.Message}");
                return;
            }
        }

        Assert.Fail($"{name} was not caught");
    }

    private static long Number(string variable, long otherwise) =>
        long.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : otherwise;
}
