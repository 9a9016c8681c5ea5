using Grainwatch.Signals.Rules.Conditions;

namespace Grainwatch.Signals.Rules.Testing;

/// <summary>Compares what came of the tests of a file with what was expected.</summary>
public static class RuleTestRunner
{
    /// <summary>Runs every test.</summary>
    /// <returns>What is not as expected, in the order of the file; empty: all is.</returns>
    public static IReadOnlyList<RuleError> Run(RuleTestFile file, RuleSet rules, IRuleTestHost host)
    {
        List<RuleError> failures = [];
        foreach (RuleTest test in file.Tests)
        {
            IRuleTestRun? run = null;
            foreach (RuleExpectation expectation in test.Expectations)
            {
                if (expectation.Rule is { } id && rules.Find(id) is null)
                {
                    failures.Add(new RuleError(file.FileName, expectation.Line, 1, $"{test.Name}: there is no rule '{id}'"));
                    continue;
                }

                run ??= host.Run(file, test, rules);
                failures.AddRange(Compare(expectation, run).Select(m => new RuleError(file.FileName, expectation.Line, 1, $"{test.Name}: {m}")));
            }
        }

        return failures;
    }

    private static IEnumerable<string> Compare(RuleExpectation expectation, IRuleTestRun run)
    {
        string when = $"{(expectation.IsUntil ? "by" : "at")} {Durations.Format(expectation.Time)}";
        if (expectation.State is { } state && run.StateOf(expectation.Rule!, expectation.Entity, expectation.Time) is var actual && !string.Equals(state, actual, StringComparison.Ordinal))
        {
            string of = expectation.Entity is null ? "" : $" of {expectation.Entity}";
            yield return $"{expectation.Rule}{of} {when} is {actual ?? "bound to nothing"}, expected {state}";
        }

        if (expectation.Notifications is { } sent && run.Notifications(expectation.Rule, expectation.Severity, expectation.Time) is int told && told != sent)
        {
            yield return $"{told} {(expectation.Severity == Alerts.Severity.Page ? "pages" : "notifications")} {when}, expected {sent}";
        }

        if (expectation.Incidents is { } incidents && run.Incidents(expectation.Time) is int opened && opened != incidents)
        {
            yield return $"{opened} incidents {when}, expected {incidents}";
        }
    }
}
