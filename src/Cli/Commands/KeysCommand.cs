using System.CommandLine;

namespace Grainwatch.Cli.Commands;

/// <summary><c>grainwatch keys create</c>.</summary>
internal static class KeysCommand
{
    public static Command Create() => new("keys", "Makes API keys for a gateway.") { KeysCreateCommand.Create() };
}
