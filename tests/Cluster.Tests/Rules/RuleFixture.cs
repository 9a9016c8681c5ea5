using System.Net.Http.Headers;
using System.Text;
using Grainwatch.Cluster.Tests.Support;

namespace Grainwatch.Cluster.Tests.Rules;

/// <summary>A gateway and a cluster of its own, whose rules the tests of one class change.</summary>
public sealed class RuleFixture : IAsyncLifetime
{
    public GatewayFixture Gateway { get; } = new();

    public Task InitializeAsync() => Gateway.InitializeAsync();

    public Task DisposeAsync() => Gateway.DisposeAsync();

    public async Task<string> EtagAsync()
    {
        using HttpResponseMessage answer = await Gateway.Http.GetAsync($"{Support.Doors.Api}/rules");
        return answer.Headers.ETag!.Tag;
    }

    public Task<HttpResponseMessage> PutAsync(string yaml, string? etag, string query = "") => SendAsync(HttpMethod.Put, yaml, etag, null, query);

    public Task<HttpResponseMessage> PostAsync(string yaml, string? key = null, string? etag = null) => SendAsync(HttpMethod.Post, yaml, etag, key, "");

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string yaml, string? etag, string? key, string query)
    {
        using HttpRequestMessage request = new(method, $"{Support.Doors.Api}/rules{query}") { Content = new StringContent(yaml, Encoding.UTF8) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/yaml");
        if (etag is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", etag);
        }

        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return await Gateway.Http.SendAsync(request);
    }

    /// <summary>A file of one rule about GPUs that work, which pages at once.</summary>
    public static string OneRule(string id, string threshold = "50%", string hold = "0s") => $$"""
        version: 1
        groups:
          - name: own
            rules:
              - { id: {{id}}, scope: gpu, raise: "avg(gpu_utilization[1m]) > {{threshold}}", for: {{hold}}, severity: page }
        """;
}
