using System.CommandLine;
using Grainwatch.Hosting;
using Grainwatch.Signals.Replay;
using Grainwatch.Signals.Rules;
using Grainwatch.Signals.Rules.Testing;
using Grainwatch.Signals.Topology;
using Grainwatch.Silo.Hosting;

namespace Grainwatch.Cli.Commands;

/// <summary><c>grainwatch rules test FILE</c>: plays synthetic series through the rules and compares.</summary>
internal static class RulesTestCommand
{
    public static Command Create()
    {
        Argument<string> file = new("FILE") { Description = "a file of rule tests" };
        Command command = new("test", "Runs the tests of a rule file.") { file };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(file), Console.Out, Console.Error));
        return command;
    }

    private static int Run(string path, TextWriter output, TextWriter error)
    {
        try
        {
            RuleTestFile file = RuleTestFile.Parse(File.ReadAllText(path), path, out IReadOnlyList<RuleError> errors);
            string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
            RuleSet? rules = errors.Count > 0 ? null : RuleFiles.TryRead(file.Rules is null ? null : Path.Combine(folder, file.Rules), error);
            TopologyMap? topology = file.Topology is null ? null : TopologyReader.Read(File.ReadAllBytes(Path.Combine(folder, file.Topology)));
            IReadOnlyList<RuleError> failures = rules is null ? errors : RuleTestRunner.Run(file, rules, new RuleTestHost(topology));
            foreach (RuleError failure in failures)
            {
                error.WriteLine(failure);
            }

            if (rules is null || failures.Count > 0)
            {
                return ExitCode.Failure;
            }

            output.WriteLine($"{path}: {file.Tests.Count} tests passed");
            return ExitCode.Success;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or TopologyException)
        {
            error.WriteLine($"{path}: {e.Message}");
            return ExitCode.Failure;
        }
    }
}
