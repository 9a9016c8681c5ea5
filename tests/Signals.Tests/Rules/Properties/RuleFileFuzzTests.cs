using Grainwatch.Signals.Rules;
using Grainwatch.Signals.Rules.Conditions;
using Grainwatch.Signals.Rules.Files;
using Grainwatch.Signals.Rules.Testing;

namespace Grainwatch.Signals.Tests.Rules.Properties;

public sealed class RuleFileFuzzTests
{
    private const int Seed = 20_260_601;
    private const string Noise = "{}[]:,-#&*!|>'\"%@` \n\t$<>=()0159azAZ_./\\\0é€";
    private static readonly string[] Words =
    [
        "version", "groups:", "raise: ", "- id: x", "quality(", "any gpu (", "[5m]", "[999h]", "and", "or not", "else", "1e999", "*a", "&a ", "!!map ", "---\n", "...\n", "? ", "<<: ",
        "$usage", "slo(", "((((((((((((((((((((((((((((((((((((((", "avg(latency.p99[5m])", "for: -5m", "|\n", ">-\n", "\t", "\r\n", "%YAML 9.9\n", "\uFEFF", "windows: ",
    ];

    private static int Files => int.TryParse(Environment.GetEnvironmentVariable("GRAINWATCH_TEST_STEPS"), out int steps) ? Math.Max(500, steps) : 500;

    [Fact]
    public void Parse_MutatedFile_IsAValidSetOrErrorsWithLineAndReason()
    {
#pragma warning disable RS0030 // Seeded: the files are the same in every run.
        Random random = new(Seed);
#pragma warning restore RS0030
        int refused = 0;
        for (int i = 0; i < Files; i++)
        {
            string yaml = Mutate(DefaultRules.RulesText, random);
            RuleSet set = RuleFile.Parse(yaml, "fuzz.yaml", out IReadOnlyList<RuleError> errors);
            CheckErrors(errors, yaml, i);
            if (errors.Count == 0)
            {
                Assert.All(set.Rules, r => Assert.NotNull(ConditionParser.TryParse(r.Raise.ToString(), new Dictionary<string, NumberExpression>(), out _)));
            }
            else
            {
                Assert.Same(RuleSet.Empty, set);
            }

            refused += errors.Count > 0 ? 1 : 0;
        }

        Assert.True(refused > Files / 2, $"only {refused} of {Files} files were refused (seed {Seed})");
    }

    [Fact]
    public void Parse_MutatedTestFile_IsAValidFileOrErrorsWithLineAndReason()
    {
        const string valid = "rules: a.yaml\ninterval: 10s\ntests:\n  - name: n\n    series:\n      - { entity: chat/assist, metric: m, values: \"60%x30 1+2x5 _x3 !x2\" }\n    answers:\n      - { entity: chat/assist, dimension: integrity, from: 5m, every: 5s, score: \"1x60 0.6x20\" }\n    expect:\n      - { at: 4m, rule: r, state: Normal }\n      - { by: 20m, pages: 1 }\n";
#pragma warning disable RS0030 // Seeded: the files are the same in every run.
        Random random = new(Seed + 1);
#pragma warning restore RS0030
        for (int i = 0; i < Files; i++)
        {
            string yaml = Mutate(valid, random);
            RuleTestFile.Parse(yaml, "fuzz.yaml", out IReadOnlyList<RuleError> errors);
            CheckErrors(errors, yaml, i);
        }
    }

    private static void CheckErrors(IReadOnlyList<RuleError> errors, string yaml, int number)
    {
        int lines = yaml.Count(c => c is '\n' or '\r' or '\u0085' or '\u2028' or '\u2029') + 1;
        foreach (RuleError error in errors)
        {
            Assert.True(error.Line >= 1 && error.Line <= lines + 1 && error.Column >= 1 && error.Message.Length > 0, $"file {number} (seed {Seed}): {error} in {lines} lines");
        }
    }

    private static string Mutate(string text, Random random)
    {
        int mutations = 1 + random.Next(4);
        for (int i = 0; i < mutations; i++)
        {
            int at = random.Next(text.Length);
            int length = Math.Min(text.Length - at, 1 + random.Next(random.Next(10) == 0 ? 400 : 12));
            text = random.Next(7) switch
            {
                0 => text.Remove(at, length),
                1 => text.Insert(at, Words[random.Next(Words.Length)]),
                2 => text.Remove(at, 1).Insert(at, Noise[random.Next(Noise.Length)].ToString()),
                3 => text.Insert(at, text.Substring(at, length)),
                4 => text[..at],
                5 => text.Insert(at, new string(Noise[random.Next(Noise.Length)], random.Next(300))),
                _ => text.Insert(random.Next(text.Length), text.Substring(at, length)),
            };
            text = text.Length == 0 ? "x" : text;
        }

        return text;
    }
}
