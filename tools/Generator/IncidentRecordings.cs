using Grainwatch.Generator.Scenarios;
using Grainwatch.Signals;
using Grainwatch.Signals.Replay;

namespace Grainwatch.Generator;

/// <summary>Writes the incident recordings, one folder each.</summary>
public static class IncidentRecordings
{
    // Three seconds before a full ten: scrapes fall between the bounds of buckets, as they do outside.
    private static readonly Timestamp Start = Timestamp.Parse("2026-03-02T08:59:57Z");

    /// <param name="folder">Where; each recording is a folder in it.</param>
    /// <param name="seed">Of everything random.</param>
    /// <param name="only">Beginning of the ids that are wanted; null: all.</param>
    /// <param name="variants">How many variations of each are written beside the plain one.</param>
    /// <param name="progress">Told of each recording.</param>
    public static void Write(string folder, ulong seed, string? only, int variants, TextWriter progress)
    {
        foreach ((string id, Func<int, ulong, Scenario> make) in ScenarioLibrary.All)
        {
            if (only is not null && !id.StartsWith(only, StringComparison.Ordinal))
            {
                continue;
            }

            for (int variant = 0; variant <= variants; variant++)
            {
                string name = variant == 0 ? id : $"{id}-v{variant}";
                ulong own = Dice.For(seed, name).Next();
                Timestamp start = new(Start.UnixMs + (variant * 26L * 3_600_000));
                Write(Path.Combine(folder, name), name, make(variant, own), own, start);
                progress.WriteLine(name);
            }
        }
    }

    private static void Write(string folder, string name, Scenario scenario, ulong seed, Timestamp start)
    {
        RecordingRun run = RecordingRun.Play(scenario, seed, start);
        RecordingWriter writer = new(folder);
        writer.WriteText("topology.json", run.TopologyJson);
        writer.WriteMetrics(run.Metrics);
        if (scenario.HasScores)
        {
            writer.WriteScores(run.Scores);
        }

        writer.WriteText("truth.json", scenario.TruthJson(name, run));
    }
}
