using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Grainwatch.Cluster.Tests.Support;

namespace Grainwatch.Cluster.Tests.Rules;

/// <summary>Why a rule is what it is, and why people were told of it or not, over HTTP.</summary>
public sealed class ExplainTests(RuleFixture fixture) : IClassFixture<RuleFixture>
{
    [Fact]
    public async Task Get_FiringRule_TellsConditionHoldAndWhoKnows()
    {
        SickEndpoint endpoint = await SickAsync("explained");
        JsonElement view = await ExplainAsync("entity=explained/model&rule=errors");
        Assert.Equal("errors", view.GetProperty("rule").GetProperty("id").GetString());
        JsonElement target = view.GetProperty("targets")[0];
        Assert.Equal("True", target.GetProperty("truth").GetString());
        Assert.True(target.GetProperty("heldSeconds").GetDouble() >= target.GetProperty("forSeconds").GetDouble());
        Assert.Equal("or", target.GetProperty("raise").GetProperty("kind").GetString());
        Assert.Equal(2, target.GetProperty("raise").GetProperty("parts").GetArrayLength());
        JsonElement alert = target.GetProperty("alert");
        Assert.Equal(("Firing", "Told"), (alert.GetProperty("state").GetString(), alert.GetProperty("page").GetString()));
        Assert.Equal("oncall", alert.GetProperty("receivers")[0].GetProperty("receiver").GetString());
        Assert.Equal((await endpoint.Correlation.GetIncidents(CancellationToken.None))[0].Id, alert.GetProperty("incident").GetString());

        string before = Uri.EscapeDataString("2026-03-02T09:08:00Z");
        JsonElement then = (await ExplainAsync($"entity=explained/model&rule=errors&at={before}")).GetProperty("targets")[0];
        Assert.Equal("False", then.GetProperty("truth").GetString());
    }

    [Fact]
    public async Task Get_SilencedRule_NamesTheSilence()
    {
        using HttpResponseMessage posted = await fixture.Gateway.Http.PostAsJsonAsync($"{Support.Doors.Api}/silences", new
        {
            matchers = new[] { new { name = "endpoint", value = "held-back" } },
            endsAt = DateTimeOffset.UnixEpoch.AddMilliseconds(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()).AddHours(10),
            createdBy = "anna",
            comment = "known",
        });
        string silence = (await posted.ReadAsync()).GetProperty("id").GetString()!;
        await SickAsync("held-back");
        JsonElement alert = (await ExplainAsync("entity=held-back/model&rule=errors")).GetProperty("targets")[0].GetProperty("alert");
        Assert.Equal("Suppressed", alert.GetProperty("page").GetString());
        Assert.Equal($"Silenced:{silence}", alert.GetProperty("suppressions")[0].GetString());
        Assert.Equal(silence, alert.GetProperty("silences")[0].GetString());
    }

    [Theory]
    [InlineData("entity=asked/model", 400)]
    [InlineData("entity=asked/model&rule=errors&at=soon", 400)]
    [InlineData("entity=asked/model&rule=errors&at=2001-01-01T00:00:00Z", 400)]
    [InlineData("entity=asked/model&rule=none", 404)]
    [InlineData("entity=asked/other&rule=errors", 404)]
    [InlineData("entity=asked&rule=errors", 404)]
    [InlineData("entity=nobody/model&rule=errors", 404)]
    public async Task Get_WhatCannotBeExplained_SaysWhy(string query, int status)
    {
        SickEndpoint endpoint = new("asked", fixture.Gateway.Grains);
        await endpoint.DeclareAsync();
        await endpoint.FeedAsync(1, failing: 0);
        using HttpResponseMessage answer = await fixture.Gateway.Http.GetAsync($"{Support.Doors.Api}/explain?{query}");
        Assert.Equal((HttpStatusCode)status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
    }

    private async Task<SickEndpoint> SickAsync(string name)
    {
        SickEndpoint endpoint = new(name, fixture.Gateway.Grains);
        await endpoint.DeclareAsync();
        await endpoint.FeedAsync(60, failing: 0);
        await endpoint.FeedAsync(40, failing: 0.5);
        return endpoint;
    }

    private Task<JsonElement> ExplainAsync(string query) => fixture.Gateway.Http.GetFromJsonAsync<JsonElement>($"{Support.Doors.Api}/explain?{query}");
}
