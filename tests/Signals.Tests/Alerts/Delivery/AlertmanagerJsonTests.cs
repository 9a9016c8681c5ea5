using System.Collections.Immutable;
using System.Text.Json;
using Grainwatch.Signals.Alerts;
using Grainwatch.Signals.Rules;
using Grainwatch.Signals.Topology;
using static Grainwatch.Signals.Tests.Alerts.AlertFixtures;

namespace Grainwatch.Signals.Tests.Alerts.Delivery;

/// <summary>The payload that receivers written for an Alertmanager read (version 4, as its documentation of webhook_config shows it).</summary>
public sealed class AlertmanagerJsonTests
{
    private static readonly string[] Fields =
        ["version", "groupKey", "truncatedAlerts", "status", "receiver", "groupLabels", "commonLabels", "commonAnnotations", "externalURL", "alerts"];

    private static readonly string[] AlertFields = ["status", "labels", "annotations", "startsAt", "endsAt", "generatorURL", "fingerprint"];

    [Fact]
    public void Write_FiringPage_HasEveryFieldOfVersion4InItsType()
    {
        AlertContext context = Context() with { Style = new NotificationStyle("1", "local", "https://gw.example") };
        JsonElement document = Written(Page(context), context.Style, rule => $"https://runbooks.example/{rule}");
        Assert.Equal(Fields, document.EnumerateObject().Select(p => p.Name).Take(Fields.Length));
        Assert.Equal(("4", "firing", "https://gw.example"), (Text(document, "version"), Text(document, "status"), Text(document, "externalURL")));
        Assert.Equal(0, document.GetProperty("truncatedAlerts").GetInt32());
        JsonElement alert = Assert.Single(document.GetProperty("alerts").EnumerateArray());
        Assert.Equal(AlertFields, alert.EnumerateObject().Select(p => p.Name));
        Assert.All(alert.GetProperty("labels").EnumerateObject().Concat(alert.GetProperty("annotations").EnumerateObject()), p => Assert.Equal(JsonValueKind.String, p.Value.ValueKind));
        Assert.Equal(("firing", "0001-01-01T00:00:00Z"), (Text(alert, "status"), Text(alert, "endsAt")));
        Assert.Matches("^[0-9a-f]{16}$", Text(alert, "fingerprint"));
        Assert.True(DateTimeOffset.TryParse(Text(alert, "startsAt"), out _));
        Assert.Equal("KV cache of assist is full", Text(alert.GetProperty("annotations"), "summary"));
        Assert.StartsWith("https://runbooks.example/", Text(alert.GetProperty("annotations"), "runbook_url"), StringComparison.Ordinal);
        Assert.StartsWith("https://gw.example/incidents/", Text(alert, "generatorURL"), StringComparison.Ordinal);
        Assert.Equal(Endpoint, Text(document.GetProperty("groupLabels"), "endpoint"));
        Assert.Equal(alert.GetProperty("labels").ToString(), document.GetProperty("commonLabels").ToString());
        Assert.Equal(Text(document.GetProperty("Grainwatch"), "id"), Text(alert.GetProperty("annotations"), "notification_id"));
    }

    [Fact]
    public void Write_EndOfAnIncident_IsResolvedUnderTheSameGroupLabelsAndFingerprint()
    {
        AlertContext context = Context();
        NotificationBody firing = Page(context);
        NotificationBody ended = firing with
        {
            Kind = NotificationKind.Resolved,
            Incidents = [firing.Incidents[0] with { Status = "ended", EndedAt = At(600), Pattern = "hang" }],
        };
        JsonElement before = Written(firing), after = Written(ended);
        Assert.Equal("resolved", Text(after, "status"));
        Assert.Equal(Text(before, "groupKey"), Text(after, "groupKey"));
        JsonElement alert = after.GetProperty("alerts")[0];
        Assert.Equal(("resolved", At(600).ToDateTimeOffset()), (Text(alert, "status"), DateTimeOffset.Parse(Text(alert, "endsAt"))));
        Assert.Equal(before.GetProperty("alerts")[0].GetProperty("labels").ToString(), alert.GetProperty("labels").ToString());
        Assert.Equal(Text(before.GetProperty("alerts")[0], "fingerprint"), Text(alert, "fingerprint"));
    }

    [Fact]
    public void Write_SeveralIncidents_HaveInCommonWhatTheyHaveInCommon()
    {
        NotificationBody one = Page(Context());
        BodyIncident other = one.Incidents[0] with { Id = "other", Title = "another", Members = [one.Incidents[0].Members[0] with { Entity = EntityId.ForGpu(Endpoint, "i-1", "0").Key }] };
        JsonElement document = Written(one with { Incidents = [one.Incidents[0], other] });
        Assert.Equal(2, document.GetProperty("alerts").GetArrayLength());
        JsonElement common = document.GetProperty("commonLabels");
        Assert.Equal(Endpoint, Text(common, "endpoint"));
        Assert.False(common.TryGetProperty("incident", out _));
        Assert.False(document.GetProperty("commonAnnotations").TryGetProperty("summary", out _));
        Assert.Equal("i-1", Text(document.GetProperty("alerts")[1].GetProperty("labels"), "instance"));
    }

    [Theory]
    [InlineData(NotificationKind.Heartbeat, false, NotifyReason.Heartbeat, "Watchdog")]
    [InlineData(NotificationKind.Firing, true, NotifyReason.Test, "GrainwatchTest")]
    [InlineData(NotificationKind.Firing, false, NotifyReason.Undelivered, "GrainwatchUndelivered")]
    public void Write_WhatIsNoIncident_IsOneFiringAlertOfThatName(NotificationKind kind, bool isTest, NotifyReason reason, string name)
    {
        NotificationBody body = new("n", kind, reason, Severity.Info, "_grainwatch", "oncall", "gw/x", "it says", At(0), [], [], null, false, isTest);
        JsonElement alert = Assert.Single(Written(body).GetProperty("alerts").EnumerateArray());
        Assert.Equal((name, "firing"), (Text(alert.GetProperty("labels"), "alertname"), Text(alert, "status")));
    }

    [Fact]
    public void Write_MoreThanFits_StaysBelowTheLimitAndCountsWhatIsLeftOut()
    {
        string text = new('x', 5_000);
        BodyMember member = new("f", "r", EntityId.ForEndpoint(Endpoint).Key, "firing", "", At(0), text);
        ImmutableArray<BodyIncident> incidents = [.. Enumerable.Range(0, 100).Select(i => new BodyIncident($"i{i}", "e", "firing", "", "unknown", At(0), "t", text, [], [], [member], null))];
        NotificationBody body = new("n", NotificationKind.Firing, NotifyReason.First, Severity.Page, Endpoint, "oncall", "gw", "s", At(0), incidents, [], null, false, false);
        byte[] json = AlertmanagerJson.Write(body, NotificationStyle.Default);
        JsonElement document = JsonDocument.Parse(json).RootElement;
        int listed = document.GetProperty("alerts").GetArrayLength();
        Assert.InRange(listed, 1, 99);
        Assert.Equal(100 - listed, document.GetProperty("truncatedAlerts").GetInt32());
    }

    private static NotificationBody Page(AlertContext context)
    {
        EndpointAlertsState state = EndpointAlerts.Step(EndpointAlertsState.Empty(Endpoint), Said(Verdict(Truth.True, 0, 60)), context, At(60)).State;
        state = EndpointAlerts.Step(state, new EndpointInput.Diagnosed(Assert.Single(state.Incidents.Keys), Diagnosis()), context, At(60)).State;
        return Assert.Single(EndpointAlerts.Step(state, new EndpointInput.Tick(), context, At(60)).Effects.OfType<EndpointEffect.PublishWanted>()).Body;
    }

    private static JsonElement Written(NotificationBody body, NotificationStyle? style = null, Func<string, string?>? runbook = null) =>
        JsonDocument.Parse(AlertmanagerJson.Write(body, style ?? NotificationStyle.Default, runbook)).RootElement;

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
