using System.IO.Compression;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Grainwatch.Cluster.Tests.Support;

/// <summary>Posts bodies to the doors, and reads what became of them.</summary>
internal static class Doors
{
    public const string Api = "/api/grainwatch/v1";
    public const string Json = "application/json";
    public const string Protobuf = "application/x-protobuf";

    /// <summary>The newest whole bucket, so that everything lies in windows that are open.</summary>
    public static long Now { get; } = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 10_000 * 10_000;

    public static async Task<HttpResponseMessage> PostAsync(
        this HttpClient http, string path, byte[] body, string? type, string? encoding = null, string? idempotencyKey = null)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
        if (encoding is not null)
        {
            request.Content.Headers.ContentEncoding.Add(encoding);
        }

        if (idempotencyKey is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        }

        return await http.SendAsync(request);
    }

    public static byte[] Gzip(byte[] body)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Fastest))
        {
            gzip.Write(body);
        }

        return packed.ToArray();
    }

    /// <summary>Every series of an endpoint in the last hour, one line each: entity, metric, labels, times and values.</summary>
    public static async Task<string[]> SeriesAsync(this HttpClient http, string endpoint)
    {
        string to = Signals.Timestamp.FromDateTimeOffset(DateTimeOffset.UtcNow.AddMinutes(1)).ToString();
        JsonElement page = await http.GetFromJsonAsync<JsonElement>($"{Api}/endpoints/{Uri.EscapeDataString(endpoint)}/series?limit=500&to={to}");
        return
        [
            .. page.GetProperty("items").EnumerateArray().Select(i =>
                $"{i.GetProperty("entity").GetString()!.Replace(endpoint.Replace("/", "%2F", StringComparison.Ordinal), "E", StringComparison.Ordinal).Replace(endpoint, "E", StringComparison.Ordinal)} {i.GetProperty("metric")}{i.GetProperty("labels")} "
                + string.Join(' ', i.GetProperty("times").EnumerateArray().Zip(i.GetProperty("values").EnumerateArray())
                    .Select(p => $"{(DateTimeOffset.Parse(p.First.GetString()!).ToUnixTimeMilliseconds() - Now) / 1000}s:{p.Second.GetDouble():G6}"))),
        ];
    }

    public static async Task<JsonElement> ReadAsync(this HttpResponseMessage answer) => await answer.Content.ReadFromJsonAsync<JsonElement>();
}
