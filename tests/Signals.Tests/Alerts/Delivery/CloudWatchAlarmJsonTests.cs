using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Grainwatch.Signals.Alerts;
using Grainwatch.Signals.Rules;
using static Grainwatch.Signals.Tests.Alerts.AlertFixtures;

namespace Grainwatch.Signals.Tests.Alerts.Delivery;

public sealed class CloudWatchAlarmJsonTests
{
    [Fact]
    public void Write_FiringPage_IsTheShapeThatPagersRead()
    {
        AlertContext context = Context() with { Style = new NotificationStyle("111122223333", "eu-west-1", "https://gw.example/api/grainwatch/v1") };
        EndpointAlertsState state = EndpointAlerts.Step(EndpointAlertsState.Empty(Endpoint), Said(Verdict(Truth.True, 0, 60)), context, At(60)).State;
        state = EndpointAlerts.Step(state, new EndpointInput.Diagnosed(Assert.Single(state.Incidents.Keys), Diagnosis()), context, At(60)).State;
        EndpointStep told = EndpointAlerts.Step(state, new EndpointInput.Tick(), context, At(60));
        NotificationBody body = Assert.Single(told.Effects.OfType<EndpointEffect.PublishWanted>()).Body;

        Assert.Equal("ALARM: \"gw/chat/" + Assert.Single(body.Incidents).Id[..10] + "\" in eu-west-1: KV cache of assist is full", body.Subject);
        string actual = Pretty(CloudWatchAlarmJson.Write(body, context.Style));
        Assert.Equal(Golden(actual), actual);
    }

    [Fact]
    public void Write_HugeIncident_StaysBelowTheLimitAndSaysSo()
    {
        string text = new('x', 5_000);
        ImmutableArray<BodyMember> members = [.. Enumerable.Range(0, 500).Select(i => new BodyMember($"f{i}", "r", "e", "firing", "", At(0), text))];
        BodyIncident incident = new("i", "e", "firing", "", "unknown", At(0), "t", "s", [], [], members, null);
        NotificationBody body = new("n", NotificationKind.Firing, NotifyReason.First, Severity.Page, Endpoint, "oncall", "gw", "s", At(0), [incident], [], null, false, false);
        byte[] json = CloudWatchAlarmJson.Write(body, NotificationStyle.Default);
        Assert.InRange(json.Length, 1, 262_143);
        Assert.Contains("\"truncated\":true", Encoding.UTF8.GetString(json), StringComparison.Ordinal);
    }

    /// <summary>The document as it is promised. GRAINWATCH_UPDATE_GOLDEN=1 writes it anew; read the difference before you commit it.</summary>
    private static string Golden(string actual)
    {
        string path = Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "Alerts", "Delivery", "page.golden.json");
        if (Environment.GetEnvironmentVariable("GRAINWATCH_UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(path, actual + "\n");
        }

        return File.ReadAllText(path).Replace("\r", "", StringComparison.Ordinal).TrimEnd();
    }

    private static string Pretty(byte[] json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return JsonSerializer.Serialize(document, Indented).Replace("\r", "", StringComparison.Ordinal);
    }

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
}
