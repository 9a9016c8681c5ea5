using System.Text.Json.Nodes;

namespace Grainwatch.Cluster.Tests.Support;

/// <summary>One log record to be sent in either encoding of OTLP.</summary>
internal sealed record OtlpTestLog(string EventName, long TimeUnixMs, JsonObject Attributes, JsonNode? Body = null)
{
    public string TraceId { get; init; } = "0102030405060708090a0b0c0d0e0f10";

    public string SpanId { get; init; } = "a1a2a3a4a5a6a7a8";
}
