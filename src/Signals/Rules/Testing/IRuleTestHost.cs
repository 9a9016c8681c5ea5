namespace Grainwatch.Signals.Rules.Testing;

/// <summary>Plays a test through windows, rules and the alert machine.</summary>
public interface IRuleTestHost
{
    /// <summary>Plays one test from its start to its last expectation.</summary>
    /// <param name="file">For the interval and the topology.</param>
    /// <param name="test">What to play.</param>
    /// <param name="rules">The rules under test.</param>
    IRuleTestRun Run(RuleTestFile file, RuleTest test, RuleSet rules);
}
