using System.Net;
using System.Text;
using System.Text.Json;
using Grainwatch.Cluster.Tests.Support;

namespace Grainwatch.Cluster.Tests.Rules;

/// <summary>Rules tried over HTTP on windows that are being watched.</summary>
public sealed class WhatIfTests(RuleFixture fixture) : IClassFixture<RuleFixture>
{
    [Fact]
    public async Task Post_Candidate_TellsWhatItWouldHaveDoneBesideThePresentAndChangesNothing()
    {
        SickEndpoint endpoint = new("tried", fixture.Gateway.Grains);
        await endpoint.DeclareAsync();
        await endpoint.FeedAsync(60, failing: 0);
        await endpoint.FeedAsync(40, failing: 0.5);
        string etag = await fixture.EtagAsync();
        JsonElement answer = await TryAsync("?endpoint=tried", RuleFixture.OneRule("errors", "60%"));
        JsonElement trial = answer.GetProperty("endpoints")[0];
        JsonElement episode = Assert.Single(trial.GetProperty("candidate")[0].GetProperty("episodes").EnumerateArray());
        Assert.Equal("tried/i-1/0", episode.GetProperty("entity").GetString());

        // Ten minutes of work, and three that it has to be quiet for.
        Assert.Equal(780, episode.GetProperty("firingSeconds").GetDouble());
        Assert.Equal("errors", trial.GetProperty("present")[0].GetProperty("rule").GetString());
        Assert.Equal(1, trial.GetProperty("present")[0].GetProperty("fired").GetInt32());
        Assert.Contains("errors", Assert.Single(trial.GetProperty("incidents").EnumerateArray()).GetProperty("rules").EnumerateArray().Select(r => r.GetString()));
        Assert.Equal((1, 1), (answer.GetProperty("wouldFire").GetInt32(), answer.GetProperty("fires").GetInt32()));
        Assert.Equal(etag, await fixture.EtagAsync());
    }

    [Fact]
    public async Task Post_EndpointThatIsNotThereOrFileWithFaults_IsRefused()
    {
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync("?endpoint=nobody", RuleFixture.OneRule("a")));
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync("", "version: 1\ngroups: 7\n"));
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync("?" + string.Join('&', Enumerable.Range(0, 21).Select(i => $"endpoint=e{i}")), RuleFixture.OneRule("a")));
    }

    private async Task<JsonElement> TryAsync(string query, string yaml)
    {
        using HttpResponseMessage answer = await PostAsync(query, yaml);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.ReadAsync();
    }

    private async Task<HttpStatusCode> StatusAsync(string query, string yaml)
    {
        using HttpResponseMessage answer = await PostAsync(query, yaml);
        return answer.StatusCode;
    }

    private Task<HttpResponseMessage> PostAsync(string query, string yaml) =>
        fixture.Gateway.Http.PostAsync($"{Support.Doors.Api}/rules/what-if{query}", Encoding.UTF8.GetBytes(yaml), "application/yaml");
}
