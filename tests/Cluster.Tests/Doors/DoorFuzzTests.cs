using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Grainwatch.Cluster.Tests.Support;
using Xunit.Abstractions;

namespace Grainwatch.Cluster.Tests.Doors;

/// <summary>
/// Mutated bodies at each door: an answer with a reason, never a crash, a hang, or memory without bound. A few hundred here;
/// GRAINWATCH_TEST_STEPS says how many.
/// </summary>
public sealed class DoorFuzzTests(GatewayFixture gateway, ITestOutputHelper output) : IClassFixture<GatewayFixture>
{
    private const int Seed = 20261125;
    private const int DefaultBodies = 300;
    private const long MaxGrowthBytes = 512L << 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly long Now = Support.Doors.Now;
    private static readonly Dictionary<string, string> Resource = new() { ["aws.sagemaker.endpoint.name"] = "fuzzed", ["aws.sagemaker.inference_component.name"] = "llama" };

    private static readonly OtlpTestMetric[] Metrics =
    [
        new("vllm:num_requests_waiting", "gauge", [new(Now - 10_000, 5) { Attributes = new() { ["engine"] = "0" } }]),
        new("vllm:generation_tokens_total", "sum", [new(Now - 20_000, 5), new(Now - 10_000, 9) { IsInteger = true }]),
        new("vllm:time_to_first_token_seconds", "histogram", [new(Now - 10_000) { Bounds = [0.1, 1], Counts = [1, 2, 3], Sum = 4 }]),
        new("vllm:inter_token_latency_seconds", "exponentialHistogram", [new(Now - 10_000) { Scale = 3, Offset = -20, Counts = [1, 2, 3], ZeroCount = 1 }], Temporality: 1),
        new("my.latency", "summary", [new(Now - 10_000) { Quantiles = [(0.5, 1), (0.99, 2)] }]),
    ];

    private static readonly OtlpTestLog[] Logs =
    [
        new("gen_ai.client.inference.operation.details", Now, new JsonObject
        {
            ["gen_ai.response.id"] = "r-1",
            ["gen_ai.usage.output_tokens"] = 9,
            ["gen_ai.output.messages"] = new JsonArray(new JsonObject { ["role"] = "assistant", ["parts"] = new JsonArray(new JsonObject { ["type"] = "text", ["content"] = "Red." }) }),
        }),
        new("gen_ai.evaluation.result", Now, new JsonObject { ["gen_ai.evaluation.name"] = "relevance", ["gen_ai.evaluation.score.value"] = 0.5 }),
    ];

    public static TheoryData<string> All => ["metrics-protobuf", "metrics-json", "logs-protobuf", "logs-json", "samples", "changes"];

    [Theory]
    [MemberData(nameof(All))]
    public async Task Post_MutatedBodies_NeverA5xxNorAHangNorGrowth(string door)
    {
        (string path, string type, byte[] sound) = Of(door);
        using HttpResponseMessage first = await gateway.Http.PostAsync(path, sound, type);
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        int bodies = int.TryParse(Environment.GetEnvironmentVariable("GRAINWATCH_TEST_STEPS"), out int steps) ? Math.Max(DefaultBodies, steps) : DefaultBodies;
        Random random = new(Seed);
        Dictionary<HttpStatusCode, int> seen = [];
        long before = GC.GetTotalMemory(forceFullCollection: true);
        for (int i = 0; i < bodies; i++)
        {
            byte[] body = Mutate(sound, random);
            bool isPacked = random.Next(4) == 0;
            byte[] sent = isPacked ? Damage(Support.Doors.Gzip(body), random) : body;
            using HttpResponseMessage answer = await gateway.Http.PostAsync(path, sent, type, isPacked ? "gzip" : null).WaitAsync(Patience);
            seen[answer.StatusCode] = seen.GetValueOrDefault(answer.StatusCode) + 1;
            Assert.True((int)answer.StatusCode < 500, $"seed {Seed}, body {i}: {answer.StatusCode} to {Convert.ToHexString(sent)}");
            Assert.True(answer.StatusCode == HttpStatusCode.OK || answer.Content.Headers.ContentLength is null or > 0, $"seed {Seed}, body {i}: no reason");
        }

        long growth = GC.GetTotalMemory(forceFullCollection: true) - before;
        output.WriteLine($"{door}: seed {Seed}, {bodies} bodies: {string.Join(", ", seen.OrderBy(s => s.Key).Select(s => $"{(int)s.Key} x {s.Value}"))}; {growth >> 10} KiB more");
        Assert.True(seen.GetValueOrDefault(HttpStatusCode.BadRequest) > bodies / 10, "the mutations must hurt");
        Assert.InRange(growth, long.MinValue, MaxGrowthBytes);
    }

    private static (string Path, string Type, byte[] Body) Of(string door) => door switch
    {
        "metrics-protobuf" => ("/v1/metrics", Support.Doors.Protobuf, OtlpBody.Protobuf(Resource, Metrics)),
        "metrics-json" => ("/v1/metrics", Support.Doors.Json, OtlpBody.Json(Resource, Metrics)),
        "logs-protobuf" => ("/v1/logs", Support.Doors.Protobuf, OtlpBody.ProtobufLogs(Resource, Logs)),
        "logs-json" => ("/v1/logs", Support.Doors.Json, OtlpBody.JsonLogs(Resource, Logs)),
        "samples" => ($"{Support.Doors.Api}/samples", "application/jsonl", Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Range(0, 3).Select(i =>
            $$"""{"id":"s{{i}}","time":{{Now / 1000}},"endpoint":"fuzzed","component":"llama","prompt":"Why?","response":"Because.","outputTokens":3}""")))),
        _ => ($"{Support.Doors.Api}/changes", Support.Doors.Json, Encoding.UTF8.GetBytes(
            $$"""[{"kind":"deployment","endpoint":"fuzzed","time":{{Now / 1000}}},{"kind":"restart","endpoint":"fuzzed","instance":"i-1"}]""")),
    };

    private static byte[] Mutate(byte[] sound, Random random)
    {
        byte[] body = [.. sound];
        switch (random.Next(5))
        {
            case 0:
                return body[..random.Next(body.Length)];
            case 1:
                // A part twice: lists grow, lengths no longer fit.
                int from = random.Next(body.Length);
                int length = random.Next(1, Math.Min(64, body.Length - from) + 1);
                return [.. body[..from], .. body[from..(from + length)], .. body[from..]];
            case 2:
                int cut = random.Next(body.Length);
                return [.. body[..cut], .. body[Math.Min(body.Length, cut + random.Next(1, 16))..]];
            case 3:
                int at = random.Next(body.Length);
                byte[] wild = Encoding.UTF8.GetBytes(((string[])["\u0000", "-1", "1e999", "\"\\ud800\"", "[[[[[[", "{\"\":{", "NaN", "99999999999999999999", "null"])[random.Next(9)]);
                return [.. body[..at], .. wild, .. body[Math.Min(body.Length, at + wild.Length)..]];
            default:
                return Damage(body, random);
        }
    }

    private static byte[] Damage(byte[] body, Random random)
    {
        for (int i = random.Next(0, 6); i > 0 && body.Length > 0; i--)
        {
            body[random.Next(body.Length)] = (byte)random.Next(256);
        }

        return body;
    }
}
