using Grainwatch.Signals.Replay;
using Grainwatch.Signals.Rules;

namespace Grainwatch.Cli;

/// <summary>What <c>up</c> was asked for.</summary>
/// <param name="Port">Of the gateway on 127.0.0.1; 0: any that is free.</param>
/// <param name="Recording">What to play; null: nothing.</param>
/// <param name="Speed">Event seconds a wall second.</param>
/// <param name="Rules">What is asked of the data, and who is told.</param>
/// <param name="Data">The folder of what must survive a crash.</param>
/// <param name="IsFresh">True: a recording that was played before starts anew.</param>
/// <param name="IsDemonstration">True: the recording is the bundled one, which plays anew once it is over.</param>
/// <param name="ConfigurationPath">A JSON file with the section <c>Grainwatch</c>; null: none.</param>
internal sealed record UpOptions(int Port, Recording? Recording, double Speed, RuleSet Rules, string Data, bool IsFresh,
    bool IsDemonstration = false, string? ConfigurationPath = null)
{
    /// <summary>Where pages go beside what the rules say, whatever rules are in force; null: nowhere.</summary>
    public string? Webhook { get; init; }
}
