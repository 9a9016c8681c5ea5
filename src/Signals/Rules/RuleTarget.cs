using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Rules;

/// <summary>One thing that a rule is bound to: an entity and, where the rule selects labels, one set of them.</summary>
public sealed record RuleTarget(EntityId Entity, LabelSet Residual)
{
    public RuleTarget(EntityId entity)
        : this(entity, LabelSet.Empty)
    {
    }
}
