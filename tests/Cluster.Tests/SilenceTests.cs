using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Grainwatch.Cluster.Tests.Support;
using Grainwatch.Signals;

namespace Grainwatch.Cluster.Tests;

/// <summary>Silences and acknowledgements over HTTP.</summary>
public sealed class SilenceTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    private const string Api = "/api/grainwatch/v1";

    [Fact]
    public async Task Post_SilenceOfAnEndpoint_NothingIsToldUntilItIsDeleted()
    {
        SickEndpoint endpoint = new("hushed", fixture.Grains);
        await endpoint.DeclareAsync();
        await endpoint.FeedAsync(60, failing: 0);
        JsonElement silence = await PostAsync("hushed");
        Assert.Equal(0, silence.GetProperty("notTold").GetArrayLength());
        Assert.True(Timestamp.TryParse(silence.GetProperty("effectiveFrom").GetString(), out _));

        await endpoint.FeedAsync(40, failing: 0.5);
        Assert.Empty(fixture.Publisher.About("hushed"));
        JsonElement incident = await IncidentAsync("hushed");
        Assert.Equal("open", incident.GetProperty("state").GetString());

        string id = silence.GetProperty("id").GetString()!;
        Assert.Contains((await ItemsAsync("silences")).EnumerateArray(), s => s.GetProperty("id").GetString() == id);
        using HttpResponseMessage deleted = await fixture.Http.DeleteAsync(new Uri($"{Api}/silences/{id}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        for (int bucket = 0; fixture.Publisher.About("hushed").Count == 0 && bucket < 100; bucket++)
        {
            await endpoint.FeedAsync(1, failing: 0.5);
        }

        Assert.Single(fixture.Publisher.About("hushed").Select(m => m.NotificationId).Distinct());
    }

    [Theory]
    [InlineData("""{"matchers":[],"endsAt":"2999-01-01T00:00:00Z","createdBy":"anna","comment":"c"}""")]
    [InlineData("""{"matchers":[{"name":"endpoint","value":".*","isRegex":true}],"endsAt":"2999-01-01T00:00:00Z","createdBy":"anna","comment":"c"}""")]
    [InlineData("""{"matchers":[{"name":"endpoint","value":"(","isRegex":true}],"endsAt":"2999-01-01T00:00:00Z","createdBy":"anna","comment":"c"}""")]
    [InlineData("""{"matchers":[{"name":"endpoint","value":"a"}],"endsAt":"2001-01-01T00:00:00Z","createdBy":"anna","comment":"c"}""")]
    [InlineData("""{"matchers":[{"name":"endpoint","value":"a"}],"createdBy":"anna","comment":"c"}""")]
    public async Task Post_SilenceWithAFault_IsRefusedWithAReason(string body)
    {
        using StringContent content = new(body, System.Text.Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await fixture.Http.PostAsync(new Uri($"{Api}/silences", UriKind.Relative), content);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Post_TheSameKeyTwice_IsOneSilence()
    {
        JsonElement first = await PostAsync("twice", key: "key-1"), second = await PostAsync("twice", key: "key-1");
        Assert.Equal(first.GetProperty("id").GetString(), second.GetProperty("id").GetString());
        Assert.Single((await ItemsAsync("silences")).EnumerateArray(), s => s.GetProperty("id").GetString() == first.GetProperty("id").GetString());
    }

    [Fact]
    public async Task Delete_OverAnotherVersion_IsRefused()
    {
        string id = (await PostAsync("versions")).GetProperty("id").GetString()!;
        using HttpRequestMessage request = new(HttpMethod.Delete, $"{Api}/silences/{id}");
        request.Headers.TryAddWithoutValidation("If-Match", "\"0\"");
        using HttpResponseMessage answer = await fixture.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.PreconditionFailed, answer.StatusCode);
        using HttpResponseMessage unknown = await fixture.Http.DeleteAsync(new Uri($"{Api}/silences/none", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task Acknowledge_OpenIncident_ShowsWhoTakesCareOfIt()
    {
        SickEndpoint endpoint = new("taken", fixture.Grains);
        await endpoint.DeclareAsync();
        await endpoint.FeedAsync(60, failing: 0);
        await endpoint.FeedAsync(40, failing: 0.5);
        string id = (await IncidentAsync("taken")).GetProperty("id").GetString()!;
        using HttpResponseMessage answer = await fixture.Http.PostAsJsonAsync($"{Api}/incidents/{id}/acknowledge", new { by = "anna" });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("anna", (await IncidentAsync("taken")).GetProperty("acknowledgedBy").GetString());

        using HttpResponseMessage nobody = await fixture.Http.PostAsJsonAsync($"{Api}/incidents/{id}/acknowledge", new { by = "" });
        Assert.Equal(HttpStatusCode.BadRequest, nobody.StatusCode);
        using HttpResponseMessage unknown = await fixture.Http.PostAsJsonAsync($"{Api}/incidents/none/acknowledge", new { by = "anna" });
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    private async Task<JsonElement> PostAsync(string endpoint, string? key = null)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, $"{Api}/silences")
        {
            Content = JsonContent.Create(new
            {
                matchers = new[] { new { name = "endpoint", value = endpoint } },
                endsAt = DateTimeOffset.UnixEpoch.AddMilliseconds(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()).AddHours(10),
                createdBy = "anna",
                comment = "known",
            }),
        };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        using HttpResponseMessage answer = await fixture.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private async Task<JsonElement> IncidentAsync(string endpoint) => Assert.Single((await ItemsAsync($"incidents?endpoint={endpoint}")).EnumerateArray());

    private async Task<JsonElement> ItemsAsync(string path) => (await fixture.Http.GetFromJsonAsync<JsonElement>($"{Api}/{path}")).GetProperty("items");
}
