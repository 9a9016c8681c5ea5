using Grainwatch.Gateway.Security.Keys;

namespace Grainwatch.Cluster.Tests.Support;

/// <summary>Keys for a gateway under test, and the settings that hold their lines.</summary>
internal sealed class TestKeys
{
    private readonly List<string> _lines = [];

    public (string Key, string Value)[] Settings =>
        [("Grainwatch:Security:Mode", "keys"), .. _lines.Select((l, i) => ($"Grainwatch:Security:Keys:{i}", l))];

    /// <returns>The key; its line is among the settings.</returns>
    public string Add(string id, string scopes, string more = "")
    {
        string key = ApiKey.Create(id);
        _lines.Add($"id={id} sha256={Convert.ToHexStringLower(ApiKey.Hash(key))} scopes={scopes} {more}");
        return key;
    }

    public static async Task<HttpResponseMessage> SendAsync(HttpClient http, string method, string path, string? key, HttpContent? body = null)
    {
        using HttpRequestMessage request = new(new HttpMethod(method), path) { Content = body };
        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {key}");
        }

        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }
}
