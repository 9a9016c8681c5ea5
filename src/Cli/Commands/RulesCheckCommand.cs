using System.CommandLine;
using Grainwatch.Hosting;
using Grainwatch.Signals.Rules;
using Grainwatch.Silo.Hosting;

namespace Grainwatch.Cli.Commands;

/// <summary><c>grainwatch rules check FILE</c>: 0, or 1 with file:line: message for every error.</summary>
internal static class RulesCheckCommand
{
    public static Command Create()
    {
        Argument<string> file = new("FILE") { Description = "a rule file" };
        Command command = new("check", "Reads a rule file and names every error by its place.") { file };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(file), Console.Out, Console.Error));
        return command;
    }

    private static int Run(string path, TextWriter output, TextWriter error)
    {
        if (RuleFiles.TryRead(path, error) is not { } rules)
        {
            return ExitCode.Failure;
        }

        output.WriteLine($"{path}: {rules.Rules.Count} rules, {rules.Routes.Count} routes, {rules.Receivers.Count} receivers");
        return ExitCode.Success;
    }
}
