namespace Grainwatch.Signals.Rules;

/// <summary>Why a rule says what it says of one target at one instant.</summary>
/// <param name="Rule">The rule as it is now.</param>
/// <param name="Target">Of whom.</param>
/// <param name="Verdict">What it says: truth, since when, how long held, evidence.</param>
/// <param name="Raise">Its condition, part by part.</param>
/// <param name="Clear">What ends it, part by part; null: the contrary of the condition.</param>
/// <param name="IsQualityKnown">False: the rule asks for quality as of an instant whose evidence is not kept.</param>
/// <param name="IsTruncated">True: parts were left out because there are too many.</param>
public sealed record RuleExplanation(
    Rule Rule, RuleTarget Target, Verdict Verdict, ExplainedNode Raise, ExplainedNode? Clear, bool IsQualityKnown, bool IsTruncated);
