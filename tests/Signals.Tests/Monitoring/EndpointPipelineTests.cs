using Grainwatch.Signals.Alerts;
using Grainwatch.Signals.Monitoring;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Tests.Monitoring;

/// <summary>Monitor and desk together: from points to pages.</summary>
public sealed class EndpointPipelineTests
{
    private static readonly TimeSpan Bucket = TimeSpan.FromSeconds(10);
    private static readonly Timestamp Start = Timestamp.Parse("2026-03-02T09:00:00Z");

    private readonly EndpointPipeline _pipeline = new(MonitorRules.Endpoint, TopologyMap.Empty, MonitorRules.Read());
    private int _bucket;

    [Fact]
    public void Settle_PressureThatComesAndGoes_OneIncidentOnePageOneEnd()
    {
        List<StoryEvent> story = [.. Feed(60, 0.5)];
        Assert.Empty(story.OfType<IncidentEvent>());

        story.AddRange(Feed(60, 1));
        IncidentEvent opened = Assert.Single(story.OfType<IncidentEvent>(), i => i.State == "open");
        Assert.Equal("pressure", Assert.Single(opened.Members).Rule);
        NotificationEvent page = Assert.Single(story.OfType<NotificationEvent>());
        Assert.Equal(("FIRING", "oncall", opened.IncidentId), (page.Kind, page.Receiver, page.IncidentId));

        story.AddRange(Feed(60, 0.5));
        Assert.Equal(opened.IncidentId, Assert.Single(story.OfType<IncidentEvent>(), i => i.State == "resolved").IncidentId);
        Assert.Equal(["FIRING", "RESOLVED"], story.OfType<NotificationEvent>().Select(n => n.Kind));
        Assert.Empty(_pipeline.Alerts.OpenIncidents);
    }

    [Fact]
    public void Settle_PressureWhileWarming_IsBelieved() =>
        Assert.Equal("FIRING", Assert.Single(Feed(20, 1).OfType<NotificationEvent>()).Kind);

    [Fact]
    public void Context_OfAFile_EndsInTheLogAndMatchesPatterns()
    {
        AlertContext context = AlertContextFactory.Create("chat", MonitorRules.Read(), TopologyMap.Empty, Bucket, "a");
        Assert.Equal(["oncall", "log"], context.Routes.Select(r => r.Receiver));
        Assert.Equal(
            [MatchOperator.Equal, MatchOperator.Matches],
            context.Routes[0].Matchers.OrderBy(m => m.Operator).Select(m => m.Operator));
        Assert.Equal(["log", "oncall"], context.Receivers.Keys.Order(StringComparer.Ordinal));
        Assert.True(context.Policies.ContainsKey("pressure"));
    }

    private List<StoryEvent> Feed(int buckets, double usage)
    {
        List<StoryEvent> story = [];
        for (int i = 0; i < buckets; i++, _bucket++)
        {
            Timestamp time = Start + (Bucket * _bucket);
            _pipeline.Monitor.Write(_pipeline.Monitor.Column(MonitorRules.Usage), time, usage + (0.001 * (_bucket % 3)), time);
            story.AddRange(_pipeline.Settle(time + Bucket));
        }

        return story;
    }
}
