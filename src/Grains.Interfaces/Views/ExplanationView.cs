using Grainwatch.Signals;

namespace Grainwatch.Grains.Interfaces.Views;

/// <summary>Why a rule is, or was, what it is for an entity.</summary>
/// <param name="Outcome">Explained, or why not.</param>
/// <param name="HeldFrom">The first time that can be asked for; null: there is none.</param>
/// <param name="HeldTo">The last, which is the present.</param>
/// <param name="Rule">As it is in force now; null: there is none.</param>
/// <param name="Entity">As it is written.</param>
/// <param name="At">The row that is explained.</param>
/// <param name="Targets">One, or one for each set of labels where the rule tells them apart; at most 10.</param>
[GenerateSerializer, Immutable, Alias("grainwatch.explanation-view")]
public sealed record ExplanationView(
    [property: Id(0)] ExplanationOutcome Outcome,
    [property: Id(1)] Timestamp? HeldFrom,
    [property: Id(2)] Timestamp? HeldTo,
    [property: Id(3)] RuleView? Rule,
    [property: Id(4)] string Entity,
    [property: Id(5)] Timestamp? At,
    [property: Id(6)] ExplainedTargetView[] Targets);
