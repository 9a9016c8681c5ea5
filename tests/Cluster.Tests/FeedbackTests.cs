using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Grainwatch.Cluster.Tests.Support;
using Grainwatch.Grains.Interfaces.Correlation;
using Grainwatch.Grains.Interfaces.Views;
using Grainwatch.Storage.Sqlite;

namespace Grainwatch.Cluster.Tests;

/// <summary>What people think of incidents.</summary>
public sealed class FeedbackTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    [Fact]
    public async Task Post_Word_IsShownWithTheIncidentAndRepeatedByKeyIsOne()
    {
        string path = await PathAsync("useful");
        int counted = 0;
        using MeterListener listener = new();
        listener.InstrumentPublished = (instrument, meters) =>
        {
            if (instrument.Name == "grainwatch.incident.feedback")
            {
                meters.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
            Interlocked.Add(ref counted, tags.ToArray().Contains(new KeyValuePair<string, object?>("verdict", "wrongCause")) ? (int)value : 0));
        listener.Start();
        object word = new { verdict = "wrongCause", by = "anna", comment = "it was the disk", cause = "disk of i-1" };
        using HttpResponseMessage first = await PostAsync(path, word, "k");
        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        using HttpResponseMessage again = await PostAsync(path, word, "k");
        Assert.Equal(HttpStatusCode.Created, again.StatusCode);
        JsonElement shown = Assert.Single((await again.ReadAsync()).GetProperty("feedback").EnumerateArray());
        Assert.Equal(("wrongCause", "anna", "it was the disk", "disk of i-1"), (
            shown.GetProperty("verdict").GetString(), shown.GetProperty("by").GetString(), shown.GetProperty("comment").GetString(), shown.GetProperty("cause").GetString()));
        Assert.Equal(1, counted);
        using HttpResponseMessage other = await PostAsync(path, new { verdict = "useful", by = "anna" }, "k");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.StatusCode);
    }

    [Fact]
    public async Task Post_MoreWordsThanAreKept_KeepsThoseThatAreThere()
    {
        string path = await PathAsync("talked-of");
        for (int i = 0; i < FeedbackView.WordsMax; i++)
        {
            Assert.Equal(HttpStatusCode.Created, (await PostAsync(path, new { verdict = "useful", by = $"{i}" })).StatusCode);
        }

        Assert.Equal(HttpStatusCode.Conflict, (await PostAsync(path, new { verdict = "useful", by = "late" })).StatusCode);
        JsonElement incident = await fixture.Http.GetFromJsonAsync<JsonElement>(path[..path.LastIndexOf('/')]);
        Assert.Equal("0", incident.GetProperty("feedback")[0].GetProperty("by").GetString());
    }

    [Theory]
    [InlineData("""{"verdict":"bad","by":"a"}""")]
    [InlineData("""{"verdict":"useful"}""")]
    [InlineData("""{"by":"a"}""")]
    [InlineData("{}")]
    public async Task Post_WordWithAFault_IsRefusedWithAReason(string body)
    {
        using StringContent content = new(body, System.Text.Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await fixture.Http.PostAsync(new Uri($"{Support.Doors.Api}/incidents/none/feedback", UriKind.Relative), content);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Post_UnknownIncidentOrTooLong_IsRefused()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync($"{Support.Doors.Api}/incidents/none/feedback", new { verdict = "useful", by = "a" })).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(
            $"{Support.Doors.Api}/incidents/none/feedback", new { verdict = "useful", by = "a", comment = new string('x', FeedbackView.CommentMax + 1) })).StatusCode);
    }

    [Fact]
    public async Task Restart_WordsAreKept()
    {
        string folder = Directory.CreateTempSubdirectory("grainwatch-feedback").FullName;
        FeedbackView word = new("1", "notUseful", "anna", "planned work", null, default);
        string id;
        using (SqliteStore store = SqliteStore.Open(folder))
        {
            await using FakeClockCluster cluster = await FakeClockCluster.StartAsync(store: store);
            SickEndpoint endpoint = await SickAsync("kept-word", cluster.Grains);
            id = (await endpoint.Correlation.GetIncidents(CancellationToken.None))[0].Id;
            Assert.Equal(FeedbackOutcome.Taken, await endpoint.Correlation.GiveFeedback(id, word, CancellationToken.None));
        }

        using (SqliteStore store = SqliteStore.Open(folder))
        {
            await using FakeClockCluster cluster = await FakeClockCluster.StartAsync(store: store);
            SickEndpoint endpoint = new("kept-word", cluster.Grains);
            Assert.Equal([word], Assert.Single(await endpoint.Correlation.GetIncidents(CancellationToken.None)).Feedback!);
            Assert.Equal(FeedbackOutcome.Repeated, await endpoint.Correlation.GiveFeedback(id, word, CancellationToken.None));
        }
    }

    private async Task<string> PathAsync(string name)
    {
        SickEndpoint endpoint = await SickAsync(name, fixture.Grains);
        return $"{Support.Doors.Api}/incidents/{(await endpoint.Correlation.GetIncidents(CancellationToken.None))[0].Id}/feedback";
    }

    private static async Task<SickEndpoint> SickAsync(string name, IGrainFactory grains)
    {
        SickEndpoint endpoint = new(name, grains);
        await endpoint.DeclareAsync();
        await endpoint.FeedAsync(60, failing: 0);
        await endpoint.FeedAsync(40, failing: 0.5);
        return endpoint;
    }

    private async Task<HttpResponseMessage> PostAsync(string path, object word, string? key = null)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, path) { Content = JsonContent.Create(word) };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return await fixture.Http.SendAsync(request);
    }
}
