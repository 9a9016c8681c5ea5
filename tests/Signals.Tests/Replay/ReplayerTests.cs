using System.Text;
using Grainwatch.Signals.Monitoring;
using Grainwatch.Signals.Replay;
using Grainwatch.Signals.Rules;
using Grainwatch.Signals.Rules.Testing;
using Grainwatch.Signals.Tests.Monitoring;

namespace Grainwatch.Signals.Tests.Replay;

public sealed class ReplayerTests
{
    private const int Minutes = 20;

    /// <summary>Half-empty for ten minutes, then full.</summary>
    private static readonly string[] Rows = [.. Enumerable.Range(0, Minutes * 6).SelectMany(i => new[]
    {
        $"{1_772_442_000 + (10 * i)},chat/assist,kv_cache_usage,{(i < Minutes * 3 ? 0.5 : 1) + (0.001 * (i % 3))}",
        $"{1_772_442_000 + (10 * i)},chat/draft,kv_cache_usage,{0.3 + (0.01 * (i % 4))}",
    })];

    [Fact]
    public void Run_TwiceAndShuffled_TheSameBytes()
    {
        using RecordingFolder straight = new();
        using RecordingFolder shuffled = new();
        string[] other = [.. Rows];
        new Random(7).Shuffle(other);
        string first = Play(straight.Metrics(Rows).Read(), MonitorRules.Read());
        Assert.Contains("\"type\":\"incident\"", first, StringComparison.Ordinal);
        Assert.Equal(first, Play(straight.Read(), MonitorRules.Read()));
        Assert.Equal(first, Play(shuffled.Metrics(other).Read(), MonitorRules.Read()));
    }

    [Fact]
    public void Run_WithOtherRules_AnotherHashAndAnotherStory()
    {
        using RecordingFolder folder = new();
        Recording recording = folder.Metrics(Rows).Read();
        RuleSet strict = MonitorRules.Read(MonitorRules.Text.Replace("> 90%", "> 105%", StringComparison.Ordinal));
        ReplayResult loud = Replayer.Run(recording, MonitorRules.Read());
        ReplayResult quiet = Replayer.Run(recording, strict);
        Assert.NotEqual(MonitorRules.Read().Hash, strict.Hash);
        Assert.Equal((1, 1), (loud.Summary.Incidents, loud.Summary.Pages));
        Assert.Equal((0, 0), (quiet.Summary.Incidents, quiet.Summary.Pages));

        // The transition says which rule it was, in which version, and what it saw.
        TransitionEvent firing = Assert.Single(loud.Events.OfType<TransitionEvent>(), t => t.To == "Firing");
        Assert.Equal(("pressure", MonitorRules.Read().Find("pressure")!.Version), (firing.Rule, firing.RuleVersion));
        Assert.Contains("above 90", firing.Evidence.Text, StringComparison.Ordinal);
        Assert.NotEqual(firing.RuleVersion, strict.Find("pressure")!.Version);
    }

    [Fact]
    public void Run_EventsOfAllEndpoints_AreInOrderOfTimeTypeAndId()
    {
        using RecordingFolder folder = new();
        IReadOnlyList<StoryEvent> events = Replayer.Run(folder.Metrics(Rows).Read(), MonitorRules.Read()).Events;
        string[] keys = [.. events.Select(e => $"{e.Time} {StoryEventJson.Order(e).Type} {StoryEventJson.Order(e).Id}")];
        Assert.NotEmpty(keys);
        Assert.Equal(keys.Order(StringComparer.Ordinal), keys);
    }

    [Fact]
    public void Run_RowsThatArriveLate_FireAsMuchLater()
    {
        using RecordingFolder prompt = new();
        using RecordingFolder late = new();
        string delayed = "time,entity,metric,value,arrival\n" + string.Concat(Rows.Select(r => $"{r},{long.Parse(r[..10]) + 20}\n"));
        ReplayResult first = Replayer.Run(prompt.Metrics(Rows).Read(), MonitorRules.Read());
        ReplayResult second = Replayer.Run(late.Write("metrics.csv", delayed).Read(), MonitorRules.Read());
        Timestamp told = Firing(first);
        Timestamp toldLate = Firing(second);
        Assert.InRange((toldLate - told).TotalSeconds, 10, 30);
        Assert.Equal(first.Summary.Incidents, second.Summary.Incidents);
    }

    [Fact]
    public void Run_AnEmptyRecording_HasNothingToSay()
    {
        using RecordingFolder folder = new();
        ReplayResult result = Replayer.Run(folder.Read(), MonitorRules.Read());
        Assert.Empty(result.Events);
        Assert.Null(result.Summary.From);
    }

    [Theory]
    [InlineData("Firing", 1, true)]
    [InlineData("Normal", 1, false)]
    [InlineData("Firing", 2, false)]
    public void RuleTest_PlayedByTheHost_PassesOrNamesItsLine(string state, int pages, bool passes)
    {
        RuleTestFile file = RuleTestFile.Parse(
            $$"""
            tests:
              - name: full
                series:
                  - { entity: chat/assist, metric: kv_cache_usage, values: "50%x60 100%x60" }
                expect:
                  - { at: 15m, rule: pressure, state: {{state}} }
                  - { by: 19m, pages: {{pages}} }
            """,
            "tests.yaml",
            out IReadOnlyList<RuleError> errors);
        Assert.Empty(errors);
        IReadOnlyList<RuleError> failures = RuleTestRunner.Run(file, MonitorRules.Read(), new RuleTestHost(null));
        Assert.Equal(passes, failures.Count == 0);
        Assert.All(failures, f => Assert.StartsWith("tests.yaml:", f.ToString(), StringComparison.Ordinal));
    }

    private static Timestamp Firing(ReplayResult result) => result.Events.OfType<TransitionEvent>().Single(t => t.To == "Firing").Time;

    private static string Play(Recording recording, RuleSet rules)
    {
        StringBuilder lines = new();
        ReplayJson.Write(recording, rules, Replayer.Run(recording, rules), line => lines.Append(Encoding.UTF8.GetString(line)).Append('\n'));
        return lines.ToString();
    }
}
