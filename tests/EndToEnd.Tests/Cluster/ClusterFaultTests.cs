using System.Diagnostics;
using System.Text.Json;
using Grainwatch.EndToEnd.Tests.Support;
using Xunit.Abstractions;

namespace Grainwatch.EndToEnd.Tests.Cluster;

/// <summary>Silos and gateways are killed, ended, frozen and cut off while incidents begin, overlap and end; nobody may notice.</summary>
public sealed class ClusterFaultTests(ITestOutputHelper output)
{
    private const int Probed = 4;

    /// <summary>How a silo ends that hears that the others have given it up: by SIGABRT.</summary>
    private const int DeclaredDead = 134;

    /// <summary>How a process ends that was told to before it listened for that: by SIGTERM.</summary>
    private const int TooYoung = 143;

    private enum Fault
    {
        Kill,
        Terminate,
        Freeze,
        Cut,
        KillGateway,
    }

    [Fact]
    public Task Cluster_OneFaultOfEachKind_TellsEachIncidentOnce() => RunAsync(faults: 5, incidents: 4);

    [Fact, Trait("Category", "Full")]
    public Task Cluster_AHundredRandomFaults_TellsEachIncidentOnce() => RunAsync(faults: 100, incidents: 50);

    private async Task RunAsync(int faults, int incidents)
    {
        int seed = int.TryParse(Environment.GetEnvironmentVariable("GRAINWATCH_TEST_SEED"), out int given) ? given : Environment.TickCount;
        Random random = new(seed);
        output.WriteLine($"seed {seed}, {faults} faults, {incidents} incidents");
        await using Lab lab = await Lab.StartAsync(silos: 3, gateways: 2);
        TimeSpan length = TimeSpan.FromSeconds(9 * faults);
        LabSender sender = new(lab.Addresses, lab.Http, [.. Enumerable.Range(0, incidents).Select(i =>
        {
            // Spread over the run, each as long as a third of it or two minutes: most of them overlap.
            TimeSpan from = TimeSpan.FromSeconds(20) + (length * 0.8 * (i / (double)incidents));
            return (from, from + TimeSpan.FromSeconds(Math.Min(120, length.TotalSeconds / 3)));
        })]);
        LabProbe probe = new(lab.Addresses, lab.Http, Math.Min(Probed, incidents));
        using CancellationTokenSource end = new();
        Task sending = await sender.StartAsync(end.Token);
        Task probing = probe.RunAsync(end.Token);
        Stopwatch took = Stopwatch.StartNew();
        List<(Fault Kind, long From, long To)> done = [];
        Fault[] kinds = Enum.GetValues<Fault>();
        for (int i = 0; i < faults; i++)
        {
            Fault kind = faults <= kinds.Length ? kinds[i] : kinds[random.Next(kinds.Length)];
            long from = Stopwatch.GetTimestamp();
            await InjectAsync(lab, kind, random);
            await Task.Delay(TimeSpan.FromSeconds(1 + (random.NextDouble() * 4)));
            done.Add((kind, from, Stopwatch.GetTimestamp()));
        }

        output.WriteLine($"{done.Count} faults in {took.Elapsed.TotalSeconds:0} s, {sender.Sent} rows sent, {sender.Refused} attempts refused");
        List<JsonElement> all = await lab.AtRestAsync(incidents);
        await end.CancelAsync();
        await Task.WhenAll(sending, probing);
        List<JsonElement> queue = await lab.Topic.TakeAsync();
        Report(done, probe);
        output.WriteLine($"webhook: {lab.Inbox.Received.Count} posts, {Pages.Distinct(lab.Inbox.Received)} ids; SNS: {queue.Count} messages, {Pages.Distinct(queue)} ids");
        Pages.AssertToldOnce(all, "webhook", lab.Inbox.Received);
        Pages.AssertToldOnce(all, "SNS", queue);
        Assert.Equal(incidents, all.Count);
    }

    private async Task InjectAsync(Lab lab, Fault kind, Random random)
    {
        LabMember member = kind == Fault.KillGateway ? lab.Gateways[random.Next(lab.Gateways.Count)] : lab.Silos[random.Next(lab.Silos.Count)];
        TimeSpan lasts = TimeSpan.FromSeconds(1 + (random.NextDouble() * 15));
        output.WriteLine($"{DateTime.UtcNow:HH:mm:ss.fff} {kind} {member.Name} {(kind is Fault.Freeze or Fault.Cut ? $"for {lasts.TotalSeconds:0.0} s" : "")}");
        switch (kind)
        {
            case Fault.Kill or Fault.KillGateway:
                await member.KillAsync();
                member.Start();
                break;
            case Fault.Terminate:
                int code = await member.TerminateAsync();
                Assert.True(code is 0 or DeclaredDead or TooYoung, $"{member.Name} ended with {code}");
                member.Start();
                break;
            case Fault.Freeze:
                member.Freeze();
                await Task.Delay(lasts);
                member.Thaw();
                break;
            default:
                LabNetwork.Cut(member.Host);
                await Task.Delay(lasts);
                LabNetwork.Mend(member.Host);
                break;
        }

        // A silo that was away for too long has been declared dead, and ends itself: whoever runs it starts it again.
        await Task.Delay(TimeSpan.FromSeconds(0.5));
        foreach (string dead in lab.StartDead())
        {
            output.WriteLine($"{DateTime.UtcNow:HH:mm:ss.fff} {dead} had ended and is started again");
        }
    }

    private void Report(List<(Fault Kind, long From, long To)> done, LabProbe probe)
    {
        foreach (IGrouping<Fault, (Fault Kind, long From, long To)> some in done.GroupBy(d => d.Kind).OrderBy(g => g.Key))
        {
            double[] gaps = [.. some.Select(d => probe.LongestGap(d.From, d.To).TotalSeconds).Order()];
            output.WriteLine($"{some.Key}: {gaps.Length} faults, time to serve again p50 {Percentile(gaps, 0.5):0.0} s, p99 {Percentile(gaps, 0.99):0.0} s, worst {gaps[^1]:0.0} s");
        }

        output.WriteLine($"reads: {probe.Total} calls, {probe.Failed} failed ({100.0 * probe.Failed / Math.Max(1, probe.Total):0.00} %)");
    }

    private static double Percentile(double[] sorted, double share) => sorted[(int)Math.Min(sorted.Length - 1, Math.Ceiling(share * sorted.Length) - 1)];
}
