using System.Collections.Immutable;
using Grainwatch.Signals.Rules;

namespace Grainwatch.Signals.WhatIf;

/// <summary>
/// Judges a rule over the windows that are held, row after row, with the tracker and the alert machine of life: what would
/// it have done?
/// </summary>
/// <remarks>
/// Windows that reach back beyond what is held are judged by what there is, and baselines have the past that is held; so the
/// first minutes of a trial know less than life did. Rows are outside and entities inside, so that readers that remember
/// are asked in the order of time, as in life.
/// </remarks>
public static class RuleTrial
{
    public static TrialRule Run(Rule rule, TrialGround ground, TrialBudget budget)
    {
        if (rule.Survey().UsesQuality)
        {
            return new TrialRule(rule, 0, [], 0, 0, default, TrialRefusal.AsksForQuality);
        }

        SeriesIndex index = new(ground.Reader);
        RobustBaseline baseline = new(ground.Reader);
        RuleAdmission admission = new(rule.Limit);
        TrialTarget[] targets = [.. RuleSelection.Select(rule, ground.Topology, ground.Reader.Series).Where(admission.Admit)
            .Select(t => new TrialTarget(rule, new BoundRule(rule, t, ground.Topology, index, null, baseline), ground.Reader.Interval))];
        TrialRefusal? refusal = null;
        for (Timestamp row = ground.From; row <= ground.To; row += ground.Reader.Interval)
        {
            refusal = budget.Take(targets.Length);
            if (refusal is not null)
            {
                break;
            }

            bool isWarming = ground.IsWarming(row);
            foreach (TrialTarget target in targets)
            {
                target.Judge(row, isWarming);
            }
        }

        TrialEpisode[] episodes = [.. targets.SelectMany(t => t.Episodes()).OrderBy(e => e.FiredAt).ThenBy(e => e.Entity)];
        return new TrialRule(
            rule,
            targets.Length,
            [.. episodes.Take(TrialRule.EpisodesMax)],
            episodes.Length,
            targets.Sum(t => t.NearMisses),
            targets.Length == 0 ? default : targets.Max(t => t.LongestHold),
            refusal);
    }
}
