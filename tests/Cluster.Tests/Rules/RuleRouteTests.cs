using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Grainwatch.Cluster.Tests.Support;

namespace Grainwatch.Cluster.Tests.Rules;

/// <summary>The rules over HTTP: preconditions, faults, repetitions, versions.</summary>
public sealed class RuleRouteTests(RuleFixture fixture) : IClassFixture<RuleFixture>
{
    [Fact]
    public async Task Put_WithoutIfMatch_IsAskedForIt()
    {
        using HttpResponseMessage answer = await fixture.PutAsync(RuleFixture.OneRule("a"), null);
        Assert.Equal(HttpStatusCode.PreconditionRequired, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Put_OverAnotherVersion_IsRefusedAndTheAnswerNamesTheVersion()
    {
        using HttpResponseMessage answer = await fixture.PutAsync(RuleFixture.OneRule("never"), "\"1-none\"");
        Assert.Equal(HttpStatusCode.PreconditionFailed, answer.StatusCode);
        Assert.Equal(await fixture.EtagAsync(), answer.Headers.ETag!.Tag);
        Assert.Equal(HttpStatusCode.NotFound, (await fixture.Gateway.Http.GetAsync($"{Support.Doors.Api}/rules/never")).StatusCode);
    }

    [Fact]
    public async Task Put_FileWithFaults_NamesAllOfThemByLineAndChangesNothing()
    {
        string before = await fixture.EtagAsync();
        const string Faulty = "version: 1\ngroups:\n  - name: g\n    rules:\n      - id: r\n        raise: avg(kv_cache_usage[2m]) >> 3\n        severity: loud\n        colour: red\n";
        using HttpResponseMessage answer = await fixture.PutAsync(Faulty, before);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        JsonElement[] errors = [.. (await answer.ReadAsync()).GetProperty("errors").EnumerateArray()];
        Assert.Equal([6, 7, 8], errors.Select(e => e.GetProperty("line").GetInt32()));
        Signals.Rules.RuleFile.Parse(Faulty, "f", out IReadOnlyList<Signals.Rules.RuleError> checkedErrors);
        Assert.Equal(checkedErrors.Select(e => e.Message), errors.Select(e => e.GetProperty("detail").GetString()));
        Assert.Equal(before, await fixture.EtagAsync());
    }

    [Fact]
    public async Task Put_WhatWasRead_IsTheSameAndMakesNoVersion()
    {
        string before = await fixture.EtagAsync();
        using HttpRequestMessage get = new(HttpMethod.Get, $"{Support.Doors.Api}/rules");
        get.Headers.Accept.ParseAdd("application/yaml");
        using HttpResponseMessage read = await fixture.Gateway.Http.SendAsync(get);
        string yaml = await read.Content.ReadAsStringAsync();
        Assert.Equal("application/yaml", read.Content.Headers.ContentType!.MediaType);
        using HttpResponseMessage answer = await fixture.PutAsync("# read and sent back\n" + yaml, before);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.False((await answer.ReadAsync()).GetProperty("changed").GetBoolean());
        Assert.Equal(before, await fixture.EtagAsync());
    }

    [Fact]
    public async Task Post_TheSameKeyTwice_IsOneRule()
    {
        using HttpResponseMessage first = await fixture.PostAsync(RuleFixture.OneRule("posted"), "key-1");
        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        Assert.EndsWith("/rules/posted", first.Headers.Location!.ToString(), StringComparison.Ordinal);
        long version = (await first.ReadAsync()).GetProperty("version").GetInt64();
        using HttpResponseMessage again = await fixture.PostAsync(RuleFixture.OneRule("posted"), "key-1");
        Assert.Equal(HttpStatusCode.Created, again.StatusCode);
        Assert.Equal(version, (await again.ReadAsync()).GetProperty("version").GetInt64());
        using HttpResponseMessage other = await fixture.PostAsync(RuleFixture.OneRule("else"), "key-1");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.StatusCode);
        using HttpResponseMessage twice = await fixture.PostAsync(RuleFixture.OneRule("posted"), "key-2");
        Assert.Equal(HttpStatusCode.Conflict, twice.StatusCode);
        JsonElement rule = await fixture.Gateway.Http.GetFromJsonAsync<JsonElement>($"{Support.Doors.Api}/rules/posted");
        Assert.Equal("own", rule.GetProperty("group").GetString());
    }

    [Fact]
    public async Task Post_RoutesOrNothing_IsAFault()
    {
        using HttpResponseMessage answer = await fixture.PostAsync("version: 1\nreceivers: { a: { log: {} } }\n");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        using HttpResponseMessage stale = await fixture.PostAsync(RuleFixture.OneRule("stale"), null, "\"1-none\"");
        Assert.Equal(HttpStatusCode.PreconditionFailed, stale.StatusCode);
    }

    [Fact]
    public async Task Put_BodyThatIsTooLong_IsRefusedByLength()
    {
        using HttpResponseMessage answer = await fixture.PutAsync(new string('#', 200_001), "*");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Fact]
    public async Task Get_Versions_AreBoundedAndTheNewestIsFirst()
    {
        for (int i = 0; i < 60; i++)
        {
            using HttpResponseMessage answer = await fixture.PutAsync(RuleFixture.OneRule($"v{i}"), "*", "?by=anna&comment=try");
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        JsonElement page = await fixture.Gateway.Http.GetFromJsonAsync<JsonElement>($"{Support.Doors.Api}/rule-versions?limit=500");
        long[] numbers = [.. page.GetProperty("items").EnumerateArray().Select(v => v.GetProperty("number").GetInt64())];
        Assert.Equal(50, numbers.Length);
        Assert.Equal(numbers.OrderDescending(), numbers);
        JsonElement newest = await fixture.Gateway.Http.GetFromJsonAsync<JsonElement>($"{Support.Doors.Api}/rule-versions/{numbers[0]}");
        Assert.Contains("v59", newest.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal(("anna", "try", "request"), (newest.GetProperty("by").GetString(), newest.GetProperty("comment").GetString(), newest.GetProperty("origin").GetString()));
        using HttpResponseMessage forgotten = await fixture.Gateway.Http.GetAsync($"{Support.Doors.Api}/rule-versions/1");
        Assert.Equal(HttpStatusCode.NotFound, forgotten.StatusCode);
    }
}
