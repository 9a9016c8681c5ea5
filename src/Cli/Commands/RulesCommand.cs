using System.CommandLine;

namespace Grainwatch.Cli.Commands;

/// <summary><c>grainwatch rules check FILE</c> and <c>grainwatch rules test FILE</c>.</summary>
internal static class RulesCommand
{
    public static Command Create() => new("rules", "Checks a rule file, or runs its tests.") { RulesCheckCommand.Create(), RulesTestCommand.Create() };
}
