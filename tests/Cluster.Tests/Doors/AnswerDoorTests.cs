using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Grainwatch.Cluster.Tests.Support;

namespace Grainwatch.Cluster.Tests.Doors;

/// <summary>Answers and evaluations: JSON lines, and the GenAI events of OTLP.</summary>
public sealed class AnswerDoorTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>
{
    private const string Samples = $"{Support.Doors.Api}/samples";
    private static readonly long Now = Support.Doors.Now;

    [Fact]
    public async Task Post_JsonLines_AreScoredAndBadOnesAreNamed()
    {
        string lines = $$"""
            {"id":"a","time":{{Now / 1000}},"endpoint":"lines","component":"llama","prompt":"Name two colours.","response":"Red and blue are two colours."}
            no json

            {"id":"b","endpoint":"lines","response":"x"}
            {"id":"c","time":{{Now / 1000}},"endpoint":"lines","component":"llama","prompt":"Say it.","response":"again and again and again and again and again and again and again and again and again"}
            {"id":"d","time":{{(Now / 1000) + 86_400}},"endpoint":"lines","component":"llama","response":"from tomorrow"}
            """;
        using HttpResponseMessage answer = await gateway.Http.PostAsync(Samples, Support.Doors.Gzip(Encoding.UTF8.GetBytes(lines)), "application/jsonl", "gzip");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        JsonElement problem = await answer.ReadAsync();
        Assert.Equal(2, problem.GetProperty("accepted").GetInt32());
        Assert.Equal(3, problem.GetProperty("rejected").GetInt32());
        Assert.Equal([1, 3, 5], problem.GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("index").GetInt32()));
        Dictionary<string, int> quality = await QualityAsync("lines");
        Assert.Equal(2, quality["integrity"]);
    }

    [Fact]
    public async Task Post_TheSameAnswersTwice_AreScoredOnce()
    {
        byte[] body = Encoding.UTF8.GetBytes($$"""{"id":"a","time":{{Now / 1000}},"endpoint":"repeated","component":"llama","prompt":"Why?","response":"Because it rained all night."}""");
        for (int i = 0; i < 2; i++)
        {
            using HttpResponseMessage answer = await gateway.Http.PostAsync(Samples, body, null);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal(1, (await answer.ReadAsync()).GetProperty("accepted").GetInt32());
        }

        Assert.Equal(1, (await QualityAsync("repeated"))["integrity"]);
    }

    [Fact]
    public async Task Post_ManyBadLines_TellAHundred()
    {
        using HttpResponseMessage answer = await gateway.Http.PostAsync(Samples, Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Repeat("x", 250))), null);
        JsonElement problem = await answer.ReadAsync();
        Assert.Equal(250, problem.GetProperty("rejected").GetInt32());
        Assert.Equal(100, problem.GetProperty("errors").GetArrayLength());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Post_GenAiEvents_BecomeAnswersAndScores(bool isJson)
    {
        string endpoint = $"events-{isJson}";
        OtlpTestLog details = new("gen_ai.client.inference.operation.details", Now, new JsonObject
        {
            ["gen_ai.response.id"] = "r-1",
            ["gen_ai.request.model"] = "llama",
            ["gen_ai.usage.input_tokens"] = 12,
            ["gen_ai.usage.output_tokens"] = 9,
            ["gen_ai.response.finish_reasons"] = new JsonArray("stop"),
            ["gen_ai.input.messages"] = Messages("user", "Name two colours."),
            ["gen_ai.output.messages"] = Messages("assistant", "Red and blue are two colours."),
        });
        OtlpTestLog asText = new("gen_ai.client.inference.operation.details", Now, new JsonObject
        {
            ["gen_ai.response.id"] = "r-2",
            ["gen_ai.request.model"] = "llama",
            ["gen_ai.input.messages"] = Messages("user", "Name two animals.").ToJsonString(),
            ["gen_ai.output.messages"] = Messages("assistant", "A dog and a cat.").ToJsonString(),
        });
        OtlpTestLog question = new("gen_ai.user.message", Now, new JsonObject { ["gen_ai.system"] = "vllm" }, new JsonObject { ["content"] = "Name two rivers." });
        OtlpTestLog choice = new("gen_ai.choice", Now, new JsonObject { ["gen_ai.request.model"] = "llama" }, new JsonObject
        {
            ["index"] = 0, ["finish_reason"] = "stop", ["message"] = new JsonObject { ["role"] = "assistant", ["content"] = "The Rhine and the Danube." },
        });
        OtlpTestLog withoutText = new("gen_ai.client.inference.operation.details", Now, new JsonObject { ["gen_ai.response.id"] = "r-3", ["gen_ai.request.model"] = "llama" });
        OtlpTestLog score = new("gen_ai.evaluation.result", Now, new JsonObject
        {
            ["gen_ai.request.model"] = "llama", ["gen_ai.response.id"] = "r-1", ["gen_ai.evaluation.name"] = "Helpfulness", ["gen_ai.evaluation.score.value"] = 0.75,
        });
        OtlpTestLog failed = new("gen_ai.evaluation.result", Now, new JsonObject
        {
            ["gen_ai.request.model"] = "llama", ["gen_ai.evaluation.name"] = "Relevance", ["error.type"] = "timeout",
        });
        OtlpTestLog outside = new("gen_ai.evaluation.result", Now, new JsonObject
        {
            ["gen_ai.request.model"] = "llama", ["gen_ai.evaluation.name"] = "Relevance", ["gen_ai.evaluation.score.value"] = 4,
        });
        OtlpTestLog other = new("app.started", Now, [], JsonValue.Create("hello"));
        OtlpTestLog[] logs = [details, asText, question, choice, withoutText, score, failed, outside, other];
        Dictionary<string, string> resource = new() { ["service.name"] = "api", ["aws.sagemaker.endpoint.name"] = endpoint };
        using HttpResponseMessage answer = await gateway.Http.PostAsync(
            "/v1/logs", isJson ? OtlpBody.JsonLogs(resource, logs) : OtlpBody.ProtobufLogs(resource, logs), isJson ? Support.Doors.Json : Support.Doors.Protobuf);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        string text = Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync());
        Assert.Contains("item 7 gen_ai.evaluation.result: gen_ai.evaluation.score.value must lie from 0 to 1", text, StringComparison.Ordinal);
        Assert.DoesNotContain("item 4", text, StringComparison.Ordinal);
        Assert.Equal(3, (await QualityAsync(endpoint))["integrity"]);
        Assert.Contains(await gateway.Http.SeriesAsync(endpoint), s => s == "E/llama Helpfulness 0s:0.75");
    }

    [Fact]
    public async Task Post_GenAiEventOfNobody_IsRefusedAndSaysWhy()
    {
        OtlpTestLog log = new("gen_ai.evaluation.result", Now, new JsonObject { ["gen_ai.evaluation.name"] = "relevance", ["gen_ai.evaluation.score.value"] = 1.0 });
        using HttpResponseMessage answer = await gateway.Http.PostAsync("/v1/logs", OtlpBody.JsonLogs(new() { ["service.name"] = "api" }, log), Support.Doors.Json);
        JsonElement partial = (await answer.ReadAsync()).GetProperty("partialSuccess");
        Assert.Equal("1", partial.GetProperty("rejectedLogRecords").GetString());
        Assert.Contains("no attribute names an endpoint", partial.GetProperty("errorMessage").GetString(), StringComparison.Ordinal);
    }

    private static JsonArray Messages(string role, string text) =>
        [new JsonObject { ["role"] = role, ["parts"] = new JsonArray(new JsonObject { ["type"] = "text", ["content"] = text }), ["finish_reason"] = "stop" }];

    private async Task<Dictionary<string, int>> QualityAsync(string endpoint)
    {
        JsonElement component = await gateway.Http.GetFromJsonAsync<JsonElement>($"{Support.Doors.Api}/endpoints/{endpoint}/components/llama");
        return component.GetProperty("quality").EnumerateArray().ToDictionary(q => q.GetProperty("dimension").GetString()!, q => q.GetProperty("n").GetInt32());
    }
}
