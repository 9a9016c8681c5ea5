using System.CommandLine;
using Grainwatch.Hosting;
using Grainwatch.Signals.Replay;
using Grainwatch.Signals.Rules;
using Grainwatch.Silo.Hosting;
using Grainwatch.Silo.Playback;

namespace Grainwatch.Cli.Commands;

/// <summary><c>grainwatch up</c>: everything in one process.</summary>
internal static class UpCommand
{
    private const int DefaultPort = 5080;
    private const double BundledSpeed = 60;
    private const string DefaultData = ".grainwatch";

    public static Command Create()
    {
        Option<int> port = new("--port") { Description = "port of the gateway on 127.0.0.1", DefaultValueFactory = _ => DefaultPort };
        Option<string?> recording = new("--recording") { Description = "a recording to play; the bundled one when absent" };
        Option<double?> speed = new("--speed") { Description = "event seconds a wall second; 60 for the bundled recording, else 1" };
        Option<string?> rules = new("--rules") { Description = "a rule file; the default set when absent" };
        Option<string?> webhook = new("--webhook") { Description = "an http address that pages go to, beside the log" };
        Option<bool> quiet = new("--no-recording") { Description = "play nothing; wait for live data" };
        Option<string> data = new("--data") { Description = "folder for what survives a restart", DefaultValueFactory = _ => DefaultData };
        Option<bool> fresh = new("--fresh") { Description = "play the recording from its beginning, whatever was played before" };
        Option<string?> config = new("--config") { Description = "a JSON file with limits, label mapping and other options, in the section Grainwatch" };
        port.Validators.Add(r => Require(r, r.GetValueOrDefault<int>() is >= 0 and <= 65535, "--port must be from 0 to 65535"));
        speed.Validators.Add(r => Require(r, r.GetValueOrDefault<double?>() is null or (>= PlaybackOptions.MinSpeed and <= PlaybackOptions.MaxSpeed),
            $"--speed must be from {PlaybackOptions.MinSpeed} to {PlaybackOptions.MaxSpeed}"));
        webhook.Validators.Add(r => Require(r, r.GetValueOrDefault<string?>() is null or ['h', 't', 't', 'p', ..], "--webhook must be an http or https address"));
        Command command = new("up", "Runs silo and gateway in one process and plays a recording.") { port, data, recording, speed, rules, webhook, quiet, fresh, config };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            new UpOptions(parsed.GetValue(port), null, 0, RuleSet.Empty, parsed.GetValue(data)!, parsed.GetValue(fresh),
                parsed.GetValue(recording) is null, parsed.GetValue(config)),
            parsed.GetValue(quiet) ? null : parsed.GetValue(recording) ?? Recordings.Bundled,
            parsed.GetValue(speed) ?? (parsed.GetValue(recording) is null ? BundledSpeed : 1),
            parsed.GetValue(rules),
            parsed.GetValue(webhook),
            cancellationToken));
        return command;
    }

    private static void Require(System.CommandLine.Parsing.SymbolResult result, bool condition, string message)
    {
        if (!condition)
        {
            result.AddError(message);
        }
    }

    private static async Task<int> RunAsync(
        UpOptions options, string? path, double speed, string? rulesPath, string? webhook, CancellationToken cancellationToken)
    {
        if (RuleFiles.TryRead(rulesPath, Console.Error) is not { } rules)
        {
            return ExitCode.Failure;
        }

        Recording? recording = null;
        if (path is not null && (recording = Recordings.TryRead(path, Console.Error)) is null)
        {
            return ExitCode.Failure;
        }

        if (options.ConfigurationPath is not null && ConfigurationFiles.Fault(options.ConfigurationPath) is { } fault)
        {
            await Console.Error.WriteLineAsync(fault);
            return ExitCode.Usage;
        }

        UpOptions whole = options with { Recording = recording, Speed = speed, Rules = rules, Webhook = webhook };
        return await UpHost.RunAsync(whole, Console.Out, Console.Error, cancellationToken);
    }
}
