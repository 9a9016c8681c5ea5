using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Grainwatch.Signals.Correlation;
using Grainwatch.Signals.Rules;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Alerts;

/// <summary>What can happen to the alerts of an endpoint. Plain records: a run can be written down and played again.</summary>
[JsonDerivedType(typeof(Verdicts), "verdicts")]
[JsonDerivedType(typeof(Tick), "tick")]
[JsonDerivedType(typeof(StoreRefused), "storeRefused")]
[JsonDerivedType(typeof(Diagnosed), "diagnosed")]
[JsonDerivedType(typeof(Acknowledged), "acknowledged")]
[JsonDerivedType(typeof(Answered), "answered")]
[JsonDerivedType(typeof(RuleChanged), "ruleChanged")]
[JsonDerivedType(typeof(RuleRemoved), "ruleRemoved")]
[JsonDerivedType(typeof(Unselected), "unselected")]
[JsonDerivedType(typeof(Retired), "retired")]
[JsonDerivedType(typeof(TestRequested), "testRequested")]
public abstract record EndpointInput
{
    private EndpointInput()
    {
    }

    /// <summary>Verdicts in any order; they are taken in by event time.</summary>
    public sealed record Verdicts(ImmutableArray<Verdict> Batch) : EndpointInput;

    /// <summary>Time passes. Only now anything is told: the shell ticks after what it folded, and about each second.</summary>
    public sealed record Tick : EndpointInput;

    /// <summary>As <see cref="Tick"/>, but nothing can be written.</summary>
    /// <param name="Since">Since when the store has refused.</param>
    public sealed record StoreRefused(Timestamp Since) : EndpointInput;

    public sealed record Diagnosed(string IncidentId, Diagnosis Diagnosis, bool IsExhaustionNear = false) : EndpointInput;

    public sealed record Acknowledged(string IncidentId, string By) : EndpointInput;

    /// <summary>What became of a <see cref="EndpointEffect.PublishWanted"/>.</summary>
    public sealed record Answered(string RowId, PublishAnswer Answer, string? MessageId = null) : EndpointInput;

    /// <summary>A rule was edited; the context carries the new policy.</summary>
    /// <param name="RuleId">Which.</param>
    /// <param name="IsConditionChanged">False: only text, hold, keep or policy.</param>
    /// <param name="DecidedAgain">Verdicts of the new condition over the retained windows.</param>
    public sealed record RuleChanged(string RuleId, bool IsConditionChanged, ImmutableArray<Verdict> DecidedAgain) : EndpointInput;

    public sealed record RuleRemoved(string RuleId) : EndpointInput;

    /// <summary>The rule no longer selects the entity.</summary>
    public sealed record Unselected(string RuleId, EntityId Entity) : EndpointInput;

    /// <summary>The entity is gone, and all below it.</summary>
    public sealed record Retired(EntityId Entity) : EndpointInput;

    /// <summary>Sends a marked test page the whole way.</summary>
    public sealed record TestRequested(string Receiver, string RequestId) : EndpointInput;
}
