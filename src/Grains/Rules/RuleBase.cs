using Grainwatch.Signals.Rules;

namespace Grainwatch.Grains.Rules;

/// <summary>The rules that the process was started with: version 1, until somebody asks for others.</summary>
/// <param name="Rules">The set, as read.</param>
/// <param name="Overlay">What the composition adds to whatever set is in force (a receiver of the command line); null: nothing.</param>
public sealed record RuleBase(RuleSet Rules, Func<RuleSet, RuleSet>? Overlay = null)
{
    /// <summary>True: a file was named. Only a file asserts itself against rules that were stored: the built-in set never does.</summary>
    public bool IsFile => !string.Equals(Rules.Hash, RuleSet.Default.Hash, StringComparison.Ordinal);

    /// <summary>A set as it is judged by.</summary>
    public RuleSet Applied(RuleSet rules) => Overlay is null ? rules : Overlay(rules);
}
