using Grainwatch.Signals.Alerts;
using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Quality;
using Grainwatch.Signals.Rules.Conditions;

namespace Grainwatch.Signals.Rules;

/// <summary>One rule of a rule file, checked and with every default filled in.</summary>
public sealed record Rule
{
    /// <summary>A rule is bound to at most this many entities unless it says otherwise.</summary>
    public const int DefaultLimit = 1000;

    private const double GapIntervals = 2.5;
    private const int ErrorEvaluations = 3;

    /// <summary>Unique in its file.</summary>
    public required string Id { get; init; }

    /// <summary>Hash of everything that the rule says: another text, another version.</summary>
    public string Version { get; init; } = "";

    /// <summary>Hash of what is decided (conditions, scope, selection): the same while only holds or texts change.</summary>
    public string ConditionVersion { get; init; } = "";

    public string Group { get; init; } = "";

    /// <summary>Who is told of faults of the rule itself; empty: nobody in particular.</summary>
    public string Owner { get; init; } = "";

    /// <summary>At least one.</summary>
    public required IReadOnlyList<RuleScope> Scopes { get; init; }

    /// <summary>All of them must match.</summary>
    public IReadOnlyList<LabelGlob> Select { get; init; } = [];

    public required Expression Raise { get; init; }

    /// <summary>Null: the contrary of <see cref="Raise"/>.</summary>
    public Expression? Clear { get; init; }

    public TimeSpan For { get; init; }

    /// <summary>M of "M of N"; 0: <see cref="For"/> decides.</summary>
    public int RequiredTrue { get; init; }

    /// <summary>N of "M of N"; 0: <see cref="For"/> decides.</summary>
    public int OfLast { get; init; }

    public TimeSpan Keep { get; init; }

    public MissingPolicy Missing { get; init; }

    public Severity Severity { get; init; } = Severity.Warn;

    public RuleState State { get; init; }

    /// <summary>Template of the one-line text; null: made of the evidence.</summary>
    public string? Summary { get; init; }

    public string? Runbook { get; init; }

    public int Limit { get; init; } = DefaultLimit;

    /// <summary>Where it stands in its file.</summary>
    public int Line { get; init; }

    /// <summary>The detectors that must run before the first answer arrives.</summary>
    public IReadOnlyList<QualityQuestion> Questions => Survey().Questions;

    /// <summary>What the conditions look at.</summary>
    public ConditionSurvey Survey() => ConditionSurvey.Of(Raise, Clear);

    public bool Equals(Rule? other) => other is not null && string.Equals(Id, other.Id, StringComparison.Ordinal) && string.Equals(Version, other.Version, StringComparison.Ordinal);

    public override int GetHashCode() => HashCode.Combine(Id, Version);

    /// <summary>What the alert machine needs to know.</summary>
    /// <param name="interval">Length of a bucket of the series that the rule reads.</param>
    /// <param name="settleDelay">How late the source may deliver; added to the time after which data is stale.</param>
    public AlertPolicy ToPolicy(TimeSpan interval, TimeSpan settleDelay = default) => new(
        Id,
        Version,
        For,
        RequiredTrue,
        OfLast,
        Keep,
        Missing,
        Severity,
        State == RuleState.Observe,
        interval * GapIntervals,
        WindowLength.StaleAfterOf(interval) + settleDelay,
        interval * ErrorEvaluations)
    {
        ConditionVersion = ConditionVersion,
    };
}
