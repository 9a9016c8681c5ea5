using System.Text;
using Grainwatch.Signals.Metrics;

namespace Grainwatch.Signals.Tests.Metrics;

/// <summary>docs/metrics.md is the catalogue in words; GRAINWATCH_WRITE_DOCS=1 writes it.</summary>
public sealed class MetricDocumentTests
{
    [Fact]
    public void Document_Table_EqualsTheCatalogue()
    {
        string path = Path.Combine(Root(), "docs", "metrics.md");
        string expected = Document();
        if (Environment.GetEnvironmentVariable("GRAINWATCH_WRITE_DOCS") == "1")
        {
            File.WriteAllText(path, expected);
        }

        Assert.True(File.ReadAllText(path) == expected, "docs/metrics.md differs from the catalogue: run this test with GRAINWATCH_WRITE_DOCS=1");
    }

    private static string Document()
    {
        StringBuilder text = new("""
            # Metrics

            What the product understands, and by which names the sources send it. Values are converted to the unit of the table
            once, where they come in. A name that is not here is kept as it is, and usable in rules and diagnosis.

            - Names of the form `name.statistic` (`ModelLatency.p99`, `latency.maximum`) are statistics that the source computed.
              They are series of their own; a percentile is never averaged or added.
            - Kinds: a gauge is a level; a counter is held as the increase since the point before; a histogram is its whole set of
              buckets; an event is a change at an instant.
            - "Worse" is the direction that is bad. "Gap" is what a rule makes of missing data unless it says otherwise.
            - A factor in brackets is what a value of that source is multiplied with; "total" marks a running total that is
              differenced first. Labels after a name tell parts of one series, which are added up, or averaged where they are shares.
            - `vllm_` and `sglang_` are read as `vllm:` and `sglang:`.
            - Which labels say whose a series is: [mapping](mapping.md).

            | metric | unit | kind | worse | gap | meaning | names at the sources |
            |---|---|---|---|---|---|---|

            """.ReplaceLineEndings("\n"));
        foreach (MetricDefinition d in MetricCatalogue.Default.Definitions)
        {
            text.Append($"| `{d.Name}` | {d.Unit} | {d.Kind} | {Direction(d.Direction)} | {d.Missing} | {d.Summary} | {string.Join(", ", d.Aliases.Select(Alias))} |\n");
        }

        return text.ToString();
    }

    private static string Direction(MetricDirection direction) => direction switch
    {
        MetricDirection.HigherIsWorse => "higher",
        MetricDirection.LowerIsWorse => "lower",
        _ => "",
    };

    private static string Alias(MetricAlias alias)
    {
        List<string> notes = [alias.Source];
        if (alias.Scale != 1)
        {
            notes.Add($"x {alias.Scale}");
        }

        if (alias.Temporality == AliasTemporality.Cumulative)
        {
            notes.Add("total");
        }

        string labels = alias.AggregatedLabels.Length == 0 ? "" : $"; {string.Join(", ", alias.AggregatedLabels.Select(l => $"`{l}`"))}";
        return $"`{alias.Name}` ({string.Join(", ", notes)}{labels})";
    }

    private static string Root()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Actors.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("the tests run outside the repository");
    }
}
