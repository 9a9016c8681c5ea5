using System.CommandLine;

namespace Grainwatch.Cli.Commands;

/// <summary><c>grainwatch notify test RECEIVER</c>.</summary>
internal static class NotifyCommand
{
    public static Command Create() => new("notify", "Reaches the receivers of a rule file.") { NotifyTestCommand.Create() };
}
