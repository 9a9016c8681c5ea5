using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Grainwatch.Signals.Metrics;

namespace Grainwatch.Signals.Rules.Evaluation;

/// <summary>The programs of one set of rules, by the shape of endpoints. Safe for threads.</summary>
internal sealed class RulePrograms
{
    /// <summary>Shapes whose programs are kept; an endpoint of another one has a program of its own.</summary>
    public const int ShapesMax = 256;

    private static readonly ConditionalWeakTable<RuleSet, RulePrograms> BySet = [];

    private readonly ConcurrentDictionary<string, RuleProgram> _byShape = new(StringComparer.Ordinal);

    /// <summary>How many shapes are known.</summary>
    public int Count => _byShape.Count;

    public static RulePrograms Of(RuleSet rules) => BySet.GetValue(rules, _ => new RulePrograms());

    /// <param name="targets">Rules of this set with those that they are about.</param>
    /// <param name="nodes">Empty; numbers the entities.</param>
    public RuleProgram Take(IReadOnlyList<(Rule Rule, RuleTarget Target)> targets, NodeTable nodes)
    {
        string shape = ProgramShape.Of(targets, nodes);
        if (_byShape.TryGetValue(shape, out RuleProgram? known))
        {
            return known;
        }

        int entities = nodes.Entities.Count;
        RuleProgram program = Make(targets, nodes);

        // Whoever was asked for and does not exist has a number that the shape does not know.
        return nodes.Entities.Count == entities && _byShape.Count < ShapesMax ? _byShape.GetOrAdd(shape, program) : program;
    }

    private static RuleProgram Make(IReadOnlyList<(Rule Rule, RuleTarget Target)> targets, NodeTable nodes)
    {
        (BoundCondition, BoundCondition?)[] conditions = [.. targets.Select(t => Make(t.Rule, t.Target, nodes))];
        return new RuleProgram(conditions, nodes.Size);
    }

    /// <summary>Makes the conditions of one rule.</summary>
    public static (BoundCondition Raise, BoundCondition? Clear) Make(Rule rule, RuleTarget target, NodeTable nodes)
    {
        ConditionBinder binder = new(nodes, target.Residual, rule.Missing == MissingPolicy.NoData);
        return (binder.Condition(rule.Raise, target.Entity), rule.Clear is null ? null : binder.Condition(rule.Clear, target.Entity));
    }
}
