using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Grainwatch.Cluster.Tests.Support;
using Grainwatch.Gateway.Hosting;
using Grainwatch.Grains.Interfaces.Endpoints;
using Grainwatch.Signals.Quality;
using Grainwatch.Signals.Topology;
using Grainwatch.Storage.Sqlite;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Grainwatch.Cluster.Tests.Security;

/// <summary>
/// What people ask a model and what it answers goes through the checks and is gone: no text of it is kept, told or logged, also when it is bad
/// enough to open an incident.
/// </summary>
public sealed class PrivacyTests : IDisposable
{
    private const string Endpoint = "private";
    private const string Marker = "zebrafinch";

    private readonly string _folder = Directory.CreateTempSubdirectory("grainwatch-privacy").FullName;
    private readonly LogLines _log = new();
    private readonly StoryLog _story = new();
    private readonly RecordingPublisher _publisher = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Post_AnswersThatOpenAnIncident_LeaveNoTextAnywhere()
    {
        using SqliteStore store = SqliteStore.Open(_folder);
        await using FakeClockCluster cluster = await FakeClockCluster.StartAsync(_publisher, _story, store, configure: services =>
        {
            services.AddSingleton<ILoggerProvider>(_log);
            services.Configure<LoggerFilterOptions>(filter => filter.MinLevel = LogLevel.Trace);
        });
        await using WebApplication app = await StartGatewayAsync(cluster);
        using HttpClient http = new() { BaseAddress = new Uri(app.Urls.First()) };
        List<string> answers = [];
        for (int part = 0; part < 4; part++)
        {
            answers.Add(await PostAsync(http, $"{Support.Doors.Api}/samples", Samples(cluster, part), "application/jsonl"));
            answers.Add(await PostAsync(http, "/v1/logs", Events(cluster, part, isJson: part % 2 == 0), part % 2 == 0 ? Support.Doors.Json : Support.Doors.Protobuf));
        }

        // What cannot be taken is refused by its place, not by its text.
        answers.AddRange(await RefusedAsync(http, cluster));
        EntityId id = EntityId.ForEndpoint(Endpoint);
        IEndpointGrain endpoint = cluster.Grains.GetGrain<IEndpointGrain>(id.Key);
        await cluster.AdvanceUntilAsync(async () =>
        {
            await endpoint.Score([], CancellationToken.None);
            BaselineBook book = await cluster.Grains.GetGrain<IBaselineGrain>(id.Key).Read(CancellationToken.None);
            return book.Head.Length > 0 && _publisher.About(Endpoint).Count > 0;
        });

        BaselineBook baselines = await cluster.Grains.GetGrain<IBaselineGrain>(id.Key).Read(CancellationToken.None);
        (string Where, string Text)[] all =
        [
            .. answers.Select(a => ("an answer of a door", a)),
            .. (await ReadAsync(http)).Select(a => ("an answer of the API", a)),
            .. _log.All.Select(l => ("a line of the log", l)),
            .. _story.Events.Select(e => ("the story", e.ToString())),
            .. _publisher.Attempts.Select(m => ("a notification", $"{m.Subject} {Encoding.UTF8.GetString(m.Body.Span)}")),
            ("the baselines", Unpacked(baselines.Head)), ("the baselines", Unpacked(baselines.History)),
            .. Directory.EnumerateFiles(_folder).Where(f => !f.EndsWith("lock", StringComparison.Ordinal)).Select(f => ("the store", Encoding.Latin1.GetString(Shared(f)))),
        ];

        // The search would find something: each place speaks of the endpoint, or of what was measured.
        Assert.All(((string[])["an answer of the API", "a line of the log", "a notification", "the store"]), where =>
            Assert.Contains(all, a => a.Where == where && a.Text.Contains(Endpoint, StringComparison.Ordinal)));
        Assert.Contains(all, a => a.Where == "the baselines" && a.Text.Contains("integrity", StringComparison.Ordinal));
        Assert.DoesNotContain(all, a => a.Text.Contains(Marker, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void ToString_OfASample_NamesItWithoutItsTexts()
    {
        ResponseSample sample = new("id-1", Signals.Timestamp.Parse("2026-03-02T09:00:00Z"), EntityId.ForEndpoint("e"), Marker, Marker, Marker, Marker);
        Assert.Equal("ResponseSample id-1 of e at 2026-03-02T09:00:00.000Z", sample.ToString());
    }

    private static string Text(string field) => string.Join(' ', Enumerable.Repeat($"{Marker} {field} says again and again", 30));

    private static byte[] Samples(FakeClockCluster cluster, int part) => Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Range(0, 100).Select(i => new JsonObject
    {
        ["id"] = $"s-{part}-{i}", ["time"] = (cluster.Now.UnixMs / 1000) - 300 + i, ["endpoint"] = Endpoint, ["component"] = "llama",
        ["prompt"] = Text("prompt"), ["response"] = Text("response"), ["context"] = Text("context"), ["reference"] = Text("reference"),
    }.ToJsonString())));

    private static byte[] Events(FakeClockCluster cluster, int part, bool isJson)
    {
        OtlpTestLog[] logs =
        [
            .. Enumerable.Range(0, 50).Select(i => new OtlpTestLog("gen_ai.client.inference.operation.details", cluster.Now.UnixMs - 300_000 + (i * 1000), new JsonObject
            {
                ["gen_ai.response.id"] = $"o-{part}-{i}", ["gen_ai.request.model"] = "llama",
                ["gen_ai.input.messages"] = Messages("user", Text("input")), ["gen_ai.output.messages"] = Messages("assistant", Text("output")),
                ["gen_ai.system_instructions"] = Text("instructions"),
            })),
            new("gen_ai.evaluation.result", cluster.Now.UnixMs, new JsonObject
            {
                ["gen_ai.request.model"] = "llama", ["gen_ai.evaluation.name"] = "Relevance", ["gen_ai.evaluation.score.value"] = 0.1,
                ["gen_ai.evaluation.explanation"] = Text("explanation"),
            }),
            new("app.said", cluster.Now.UnixMs, [], JsonValue.Create(Text("body"))),
        ];
        Dictionary<string, string> resource = new() { ["aws.sagemaker.endpoint.name"] = Endpoint };
        return isJson ? OtlpBody.JsonLogs(resource, logs) : OtlpBody.ProtobufLogs(resource, logs);
    }

    private static JsonArray Messages(string role, string text) =>
        [new JsonObject { ["role"] = role, ["parts"] = new JsonArray(new JsonObject { ["type"] = "text", ["content"] = text }) }];

    private static async Task<string> PostAsync(HttpClient http, string path, byte[] body, string type)
    {
        using HttpResponseMessage answer = await http.PostAsync(path, body, type);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return Encoding.Latin1.GetString(await answer.Content.ReadAsByteArrayAsync());
    }

    private static async Task<List<string>> RefusedAsync(HttpClient http, FakeClockCluster cluster)
    {
        byte[] tomorrow = Encoding.UTF8.GetBytes(new JsonObject
        {
            ["id"] = "t", ["time"] = (cluster.Now.UnixMs / 1000) + 86_400, ["endpoint"] = Endpoint, ["response"] = Text("tomorrow"),
        }.ToJsonString());
        (string Path, byte[] Body, string Type)[] bodies =
        [
            ($"{Support.Doors.Api}/samples", Encoding.UTF8.GetBytes($$"""{"id":"x","prompt":"{{Marker}}","response":"{{Marker}}"""), "application/jsonl"),
            ($"{Support.Doors.Api}/samples", Encoding.UTF8.GetBytes($$"""{"id":"x","prompt":["{{Marker}}"],"inputTokens":"{{Marker}}"}"""), "application/jsonl"),
            ($"{Support.Doors.Api}/samples", Encoding.UTF8.GetBytes(Marker), "application/jsonl"), ($"{Support.Doors.Api}/samples", tomorrow, "application/jsonl"),
            ("/v1/logs", Encoding.UTF8.GetBytes($$"""{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"timeUnixNano":"{{Marker}}"}]}]}]}"""), Support.Doors.Json),
            ("/v1/logs", Encoding.UTF8.GetBytes($$"""{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":{"stringValue":"{{Marker}}"""), Support.Doors.Json),
            ("/v1/logs", Encoding.UTF8.GetBytes($$"""{"resourceLogs":"{{Marker}}"}"""), Support.Doors.Json),
            ("/v1/logs", Encoding.UTF8.GetBytes(Marker), Support.Doors.Protobuf),
        ];
        List<string> answers = [];
        foreach ((string path, byte[] body, string type) in bodies)
        {
            using HttpResponseMessage answer = await http.PostAsync(path, body, type);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            answers.Add(Encoding.Latin1.GetString(await answer.Content.ReadAsByteArrayAsync()));
        }

        return answers;
    }

    private static async Task<List<string>> ReadAsync(HttpClient http)
    {
        string incidents = await http.GetStringAsync($"{Support.Doors.Api}/incidents");
        string incident = JsonNode.Parse(incidents)!["items"]![0]!["id"]!.GetValue<string>();
        List<string> answers = [incidents];
        foreach (string path in (string[])
            [
                "/", $"/incidents/{incident}", "/metrics", "/metrics/fleet", .. ((string[])
                [
                    "/fleet", $"/incidents/{incident}", "/alerts", "/silences", "/rules", $"/endpoints/{Endpoint}", $"/endpoints/{Endpoint}/components/llama",
                    $"/endpoints/{Endpoint}/series?limit=500&to=2026-03-02T10:00:00Z", $"/explain?entity={Endpoint}/llama&rule=integrity-drop",
                ]).Select(p => Support.Doors.Api + p),
            ])
        {
            using HttpResponseMessage answer = await http.GetAsync(path);
            string text = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.IsSuccessStatusCode, $"{path}: {text}");
            answers.Add(text);
        }

        return answers;
    }

    private static string Unpacked(byte[] document)
    {
        using MemoryStream packed = new(document);
        using GZipStream stream = new(packed, CompressionMode.Decompress);
        using StreamReader reader = new(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private static byte[] Shared(string file)
    {
        using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private Task<WebApplication> StartGatewayAsync(FakeClockCluster cluster) =>
        TestGateway.StartAsync(cluster.Grains, cluster.Time, _log, ("Grainwatch:FleetMetrics:Enabled", "true"));
}
