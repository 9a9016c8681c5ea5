using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Grainwatch.Signals.Metrics;

namespace Grainwatch.Signals.Rules.Evaluation;

/// <summary>The programs of one set of rules, by the shape of endpoints. Safe for threads.</summary>
/// <remarks>
/// A program lives as long as an endpoint uses it. An endpoint that grows series by series goes through shapes that nobody has
/// afterwards.
/// </remarks>
internal sealed class RulePrograms
{
    /// <summary>Shapes that are known; an endpoint of another one has a program of its own while so many are in use.</summary>
    public const int ShapesMax = 1024;

    private static readonly ConditionalWeakTable<RuleSet, RulePrograms> BySet = [];

    private readonly ConcurrentDictionary<string, WeakReference<RuleProgram>> _byShape = new(StringComparer.Ordinal);

    /// <summary>How many programs are in use, or were lately.</summary>
    public int Count => _byShape.Values.Count(p => p.TryGetTarget(out _));

    public static RulePrograms Of(RuleSet rules) => BySet.GetValue(rules, _ => new RulePrograms());

    /// <param name="targets">Rules of this set with those that they are about.</param>
    /// <param name="nodes">Empty; numbers the entities.</param>
    public RuleProgram Take(IReadOnlyList<(Rule Rule, RuleTarget Target)> targets, NodeTable nodes)
    {
        string shape = ProgramShape.Of(targets, nodes);
        if (_byShape.TryGetValue(shape, out WeakReference<RuleProgram>? held) && held.TryGetTarget(out RuleProgram? known))
        {
            return known;
        }

        int entities = nodes.Entities.Count;
        RuleProgram program = Make(targets, nodes);

        // Whoever was asked for and does not exist has a number that the shape does not know.
        if (nodes.Entities.Count == entities && HasRoom())
        {
            _byShape[shape] = new WeakReference<RuleProgram>(program);
        }

        return program;
    }

    private bool HasRoom()
    {
        if (_byShape.Count >= ShapesMax)
        {
            foreach ((string shape, WeakReference<RuleProgram> held) in _byShape)
            {
                if (!held.TryGetTarget(out _))
                {
                    _byShape.TryRemove(shape, out _);
                }
            }
        }

        return _byShape.Count < ShapesMax;
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
