using System.Text.Json;
using Grainwatch.Signals.Correlation;
using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Monitoring;
using Grainwatch.Signals.Quality;
using Grainwatch.Signals.Replay;
using Grainwatch.Signals.Rules;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Tests.Replay;

/// <summary>The recording that the product brings: it is small, clean, and tells its story.</summary>
public sealed class BundledRecordingTests
{
    private const long MaxBytes = 3 << 20;

    private static readonly string Folder = Path.Combine(RepositoryRoot(), "recordings", "endless-output");
    private static readonly Recording Bundled = RecordingReader.Read(Folder);

    private static readonly JsonElement Truth = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "truth.json"))).RootElement;

    private static Timestamp Onset => Timestamp.Parse(Truth.GetProperty("onset").GetString()!);

    private static Timestamp End => Timestamp.Parse(Truth.GetProperty("end").GetString()!);

    [Fact]
    public void Read_Bundled_NoProblemsAndSmall()
    {
        Assert.Empty(Bundled.Problems);
        Assert.InRange(Directory.EnumerateFiles(Folder).Sum(f => new FileInfo(f).Length), 1, MaxBytes);
        Assert.True(File.Exists(Path.Combine(Folder, "ATTRIBUTION.md")));
        Assert.InRange((Bundled.To!.Value - Bundled.From!.Value).TotalMinutes, 74, 76);
    }

    [Fact]
    public void Topology_Bundled_TwoComponentsShareEveryGpu()
    {
        EntityId gpu = Bundled.Topology.Endpoints[0].Instances[0].Gpus[0];
        Assert.Equal(["chat/assist", "chat/draft"], Bundled.Topology.ComponentsOn(gpu).Select(c => c.ToString()).Order());
    }

    [Fact]
    public void Samples_OfTheCause_RepeatToTheEndWithinMinutesOfTheOnset()
    {
        EntityId cause = EntityId.ForComponent("chat", "assist");
        Assert.Equal(Truth.GetProperty("firstCause").GetProperty("entity").GetString(), cause.ToString());

        ResponseSample[] cut = [.. Bundled.Samples.Where(s => s.FinishReason == "length")];
        Assert.All(cut, s => Assert.Equal(cause, s.Entity));
        Assert.All(cut, s => Assert.True(s.Time > Onset));
        Assert.InRange(cut.Count(s => s.Time < Onset + TimeSpan.FromMinutes(5)), 20, 1_000);
        Assert.InRange(Bundled.Samples.Count(s => s.Entity == cause && s.Time < Onset), 500, 5_000);
    }

    [Fact]
    public void Metrics_DuringTheIncident_LoadFollowsWithFlatArrivals()
    {
        Assert.InRange(Ratio("chat/assist", "requests"), 0.6, 1.3);
        Assert.InRange(Ratio("chat/assist", "output_tokens_per_answer"), 3, 10);
        Assert.InRange(Ratio("chat/assist", "kv_cache_usage"), 5, 20);
        Assert.InRange(Ratio("chat/assist", "latency"), 10, 100);
        Assert.InRange(Ratio("chat/draft", "inter_token_latency"), 1.15, 2);
    }

    [Fact]
    public void Replay_Bundled_OneIncidentOneExplanationOnePage()
    {
        ReplayResult result = Replayer.Run(Bundled, RuleSet.Default);

        List<IncidentEvent> incidents = [.. result.Events.OfType<IncidentEvent>()];
        Assert.Equal(1, result.Summary.Incidents);
        Assert.Equal(1, result.Summary.Pages);
        Assert.InRange((incidents[0].Time - Onset).TotalSeconds, 0, 180);
        Assert.All(incidents, i => Assert.Equal(IncidentPattern.QualityCausedLoad, i.Diagnosis.Pattern));
        Assert.All(incidents, i => Assert.Equal("chat/assist integrity", $"{i.Diagnosis.Causes[0].Entity} {i.Diagnosis.Causes[0].Metric}"));
        Assert.Equal(["FIRING", "RESOLVED"], result.Events.OfType<NotificationEvent>().Select(n => n.Kind));

        // An update is told when its members or its explanation changed, once at an instant.
        Assert.Equal(incidents.Count, incidents.Select(i => i.Time).Distinct().Count());
        Assert.All(incidents.Zip(incidents.Skip(1)), pair => Assert.True(
            pair.Second.State == "resolved" || !pair.First.Members.Select(m => m.Episode + m.State).SequenceEqual(pair.Second.Members.Select(m => m.Episode + m.State))));
    }

    /// <summary>Mean from five minutes after the onset to the end, against the mean before the onset.</summary>
    private static double Ratio(string entity, string metric)
    {
        Assert.True(Bundled.Topology.TryResolve(entity, out EntityId? id));
        var points = Bundled.Metrics.BySeries().Single(s => s.Key == new SeriesKey(id, MetricName.Of(metric)));
        var timed = points.TimesUnixMs.Select(t => new Timestamp(t)).Zip(points.Values).ToList();
        return timed.Where(p => p.First >= Onset + TimeSpan.FromMinutes(5) && p.First < End).Average(p => p.Second)
            / timed.Where(p => p.First < Onset).Average(p => p.Second);
    }

    private static string RepositoryRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Actors.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("Actors.sln is above the tests");
    }
}
