using System.Text;
using Grainwatch.Signals.Correlation;
using Xunit.Abstractions;

namespace Grainwatch.Signals.Tests.Correlation.Injection;

public sealed class PetShopTests(ITestOutputHelper output)
{
    [RootCauseFact]
    public void Diagnose_SixteenRecordings_NameTheRootCauseFirst()
    {
        StringBuilder table = new();
        int hits = 0;
        foreach (RootCauseRecording recording in RootCauseData.All())
        {
            Diagnosis? diagnosis = Correlator.Diagnose(new DiagnosisRequest(
                recording.Topology, recording.Series, recording.Target, recording.Metric, recording.Time, [], 5, CorrelatorOptions.Default));
            bool hit = diagnosis?.Causes is [var first, ..] && first.Entity == recording.Truth;
            hits += hit ? 1 : 0;
            table.AppendLine($"{(hit ? "hit " : "MISS")} {recording.Scenario}/{recording.Issue} {recording.Metric} onset {diagnosis?.Onset}");
            foreach (RankedCause cause in diagnosis?.Causes ?? [])
            {
                table.AppendLine($"      {cause.Rank} {cause.Score:0.000} {cause.Entity} {string.Join(" | ", cause.Evidence)}");
            }
        }

        output.WriteLine(table.ToString());
        Assert.True(hits == 16, $"{hits} of 16\n{table}");
    }
}
