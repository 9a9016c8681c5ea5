using System.Collections.Immutable;
using Grainwatch.Signals.Rules;

namespace Grainwatch.Signals.WhatIf;

/// <summary>A candidate beside the rules of the present, over the same windows.</summary>
/// <param name="From">The first row that was judged.</param>
/// <param name="To">The last.</param>
/// <param name="Candidate">The rules that were asked about, in their order.</param>
/// <param name="Present">The rules of the present that they stand for: those of the same ids, or all.</param>
public sealed record EndpointTrial(Timestamp From, Timestamp To, ImmutableArray<TrialRule> Candidate, ImmutableArray<TrialRule> Present)
{
    /// <param name="candidate">What is asked about.</param>
    /// <param name="present">What is in force.</param>
    /// <param name="isWhole">True: the candidate would replace the whole set; false: it would be added, in place of rules of the same
    /// ids.</param>
    /// <param name="ground">The windows.</param>
    /// <param name="budget">For all of them.</param>
    public static EndpointTrial Run(RuleSet candidate, RuleSet present, bool isWhole, TrialGround ground, TrialBudget budget)
    {
        ImmutableArray<TrialRule> tried = [.. candidate.Rules.Select(r => RuleTrial.Run(r, ground, budget))];

        // A rule that says the same does the same: it need not be judged twice.
        return new EndpointTrial(ground.From, ground.To, tried, [.. present.Rules
            .Where(r => isWhole || candidate.Find(r.Id) is not null)
            .Select(r => tried.FirstOrDefault(t => t.Rule.Equals(r)) ?? RuleTrial.Run(r, ground, budget))]);
    }
}
