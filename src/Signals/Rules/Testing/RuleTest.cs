namespace Grainwatch.Signals.Rules.Testing;

/// <summary>One test: what is fed, and what must come of it. Times count from the start of the test.</summary>
public sealed record RuleTest(
    string Name, IReadOnlyList<RuleTestSeries> Series, IReadOnlyList<RuleTestAnswers> Answers, IReadOnlyList<RuleExpectation> Expectations, int Line);
