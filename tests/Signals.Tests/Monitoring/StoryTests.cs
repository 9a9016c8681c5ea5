using System.Buffers;
using System.Text;
using Grainwatch.Signals.Monitoring;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Tests.Monitoring;

public sealed class StoryTests
{
    [Fact]
    public void Write_Transition_IsThisLine() => Assert.Equal(
        """{"v":1,"type":"transition","time":"2026-03-02T09:35:30.000Z","rule":"integrity-drop","ruleVersion":"ab12","entity":"chat/assist","episode":"e1","from":"Normal","to":"Firing","reason":"EvidenceReached","evidence":"integrity \"0.9\"","n":400,"lower":0.861235,"upper":0.94}""",
        Line(Stories.Transition()));

    [Fact]
    public void Write_Incident_IsThisLine() => Assert.Equal(
        """{"v":1,"type":"incident","time":"2026-03-02T09:35:30.000Z","id":"i1","state":"open","endpoint":"chat","pattern":"quality-caused-load","severity":"page","onset":"2026-03-02T09:35:30.000Z","title":"title","summary":"summary","causes":[{"entity":"chat/assist","metric":"integrity","score":0.8301,"leadSeconds":12.346,"evidence":["It fell → 0.5."]}],"members":[{"rule":"integrity-drop","entity":"chat/assist","episode":"e1","state":"firing","since":"2026-03-02T09:35:30.000Z"}],"ruledOut":["Traffic surge: no."]}""",
        Line(Stories.Incident("i1", "open")));

    [Fact]
    public void Write_Notification_IsThisLine() => Assert.Equal(
        """{"v":1,"type":"notification","time":"2026-03-02T09:35:30.000Z","id":"n1","incident":"i1","kind":"FIRING","reason":"FIRST","severity":"page","receiver":"log","subject":"ALARM: x","suppressedBy":"silence s1"}""",
        Line(Stories.Notification()));

    [Theory]
    [InlineData("open,updated", "open")]
    [InlineData("updated,updated", "updated")]
    [InlineData("open,updated,resolved", "resolved")]
    [InlineData("resolved", "resolved")]
    public void Compact_SeveralWordsOnOneIncident_KeepTheLast(string said, string told)
    {
        StoryEvent[] story = [.. said.Split(',').Select(state => Stories.Incident("i1", state))];
        Assert.Equal(told, Assert.IsType<IncidentEvent>(Assert.Single(StoryCompaction.Compact(story))).State);
    }

    [Fact]
    public void Compact_OtherEventsAndIncidents_StayInTheirOrder()
    {
        StoryEvent[] story = [Stories.Incident("i1", "open"), Stories.Transition(), Stories.Incident("i2", "updated"), Stories.Incident("i1", "updated"), Stories.Notification()];
        Assert.Equal(
            ["transition", "incident i2 updated", "incident i1 open", "notification"],
            StoryCompaction.Compact(story).Select(e => e is IncidentEvent i ? $"incident {i.IncidentId} {i.State}" : StoryEventJson.Order(e).Type));
    }

    private static string Line(StoryEvent story)
    {
        ArrayBufferWriter<byte> line = new();
        StoryEventJson.Write(story, TopologyMap.Empty, line);
        return Encoding.UTF8.GetString(line.WrittenSpan);
    }
}
