using System.CommandLine;
using Grainwatch.Hosting;
using Grainwatch.Signals.Replay;
using Grainwatch.Signals.Rules;
using Grainwatch.Silo.Hosting;

namespace Grainwatch.Cli.Commands;

/// <summary><c>grainwatch replay RECORDING [--rules FILE] [--out FILE]</c>: offline, on event time, the same bytes each time.</summary>
internal static class ReplayCommand
{
    public static Command Create()
    {
        Argument<string> recording = new("RECORDING") { Description = "a recording's folder" };
        Option<string?> rules = new("--rules") { Description = "a rule file; the default set when absent" };
        Option<string?> output = new("--out") { Description = "where to write; standard output when absent" };
        Command command = new("replay", "Plays a recording offline and prints every transition, incident and notification.") { recording, rules, output };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(recording), parsed.GetValue(rules), parsed.GetValue(output), Console.Error));
        return command;
    }

    private static int Run(string path, string? rulesPath, string? outPath, TextWriter error)
    {
        if (RuleFiles.TryRead(rulesPath, error) is not { } rules || Recordings.TryRead(path, error) is not { } recording)
        {
            return ExitCode.Failure;
        }

        Progress progress = new(error, Clock.Wall, "points replayed");
        long done = 0;
        ReplayResult result = Replayer.Run(recording, rules, rows => progress.Report(done += rows, recording.Metrics.Count));
        progress.Finish(done);
        try
        {
            using Stream output = outPath is null ? Console.OpenStandardOutput() : File.Create(outPath);
            using BufferedStream buffered = new(output, 1 << 16);
            ReplayJson.Write(recording, rules, result, line =>
            {
                buffered.Write(line);
                buffered.WriteByte((byte)'\n');
            });
            return ExitCode.Success;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            error.WriteLine($"{outPath}: {e.Message}");
            return ExitCode.Failure;
        }
    }
}
