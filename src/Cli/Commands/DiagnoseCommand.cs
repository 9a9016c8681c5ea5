using System.CommandLine;
using Grainwatch.Hosting;
using Grainwatch.Signals;
using Grainwatch.Signals.Correlation;
using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Replay;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Cli.Commands;

/// <summary><c>grainwatch diagnose RECORDING --target ENTITY[:METRIC] --at TIME [--top K]</c>.</summary>
internal static class DiagnoseCommand
{
    private const int DefaultTop = 5;
    private const int MaxTop = 100;

    public static Command Create()
    {
        Argument<string> recording = new("RECORDING") { Description = "a recording's folder" };
        Option<string> target = new("--target") { Description = "ENTITY or ENTITY:METRIC", Required = true };
        Option<string> at = new("--at") { Description = "when it was noticed: ISO 8601 or Unix seconds", Required = true };
        Option<int> top = new("--top") { Description = "how many causes", DefaultValueFactory = _ => DefaultTop };
        Command command = new("diagnose", "Ranks the probable causes of one entity's trouble.") { recording, target, at, top };
        command.SetAction(parsed => Run(
            parsed.GetRequiredValue(recording), parsed.GetRequiredValue(target), parsed.GetRequiredValue(at), parsed.GetValue(top), Console.Error));
        return command;
    }

    private static int Run(string path, string targetText, string atText, int top, TextWriter error)
    {
        if (!Timestamp.TryParse(atText, out Timestamp at) || top is < 1 or > MaxTop)
        {
            error.WriteLine(top is < 1 or > MaxTop ? $"--top must be from 1 to {MaxTop}" : $"--at '{atText}' is neither ISO 8601 nor Unix seconds");
            return ExitCode.Usage;
        }

        if (Recordings.TryRead(path, error) is not { } recording)
        {
            return ExitCode.Failure;
        }

        if (!TargetParser.TryParse(targetText, recording.Topology, MetricCatalogue.Default, out EntityId? entity, out MetricName? metric))
        {
            error.WriteLine($"--target '{targetText}' names no entity of the recording");
            return ExitCode.Usage;
        }

        DiagnosisRequest request = new(recording.Topology, RecordedSeries.Of(recording), entity, metric, at, [], top, CorrelatorOptions.Default);
        if (Correlator.Diagnose(request) is not { } diagnosis)
        {
            error.WriteLine($"nothing anomalous at {targetText}");
            return ExitCode.NothingFound;
        }

        using Stream output = Console.OpenStandardOutput();
        output.Write(DiagnosisJson.Write(diagnosis, recording.Topology, at));
        output.WriteByte((byte)'\n');
        return ExitCode.Success;
    }
}
