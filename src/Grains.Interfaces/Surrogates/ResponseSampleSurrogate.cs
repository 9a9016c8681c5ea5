using Grainwatch.Signals;
using Grainwatch.Signals.Quality;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Grains.Interfaces.Surrogates;

/// <summary>How a <see cref="ResponseSample"/> crosses a wire.</summary>
[GenerateSerializer, Immutable, Alias("grainwatch.response-sample")]
public readonly record struct ResponseSampleSurrogate(
    [property: Id(0)] string SampleId,
    [property: Id(1)] Timestamp Time,
    [property: Id(2)] EntityId Entity,
    [property: Id(3)] string Prompt,
    [property: Id(4)] string Response,
    [property: Id(5)] string? Context,
    [property: Id(6)] string? Reference,
    [property: Id(7)] string? FinishReason,
    [property: Id(8)] int? InputTokens,
    [property: Id(9)] int? OutputTokens,
    [property: Id(10)] double? LatencyMs);

/// <summary>Converts both ways.</summary>
[RegisterConverter]
public sealed class ResponseSampleConverter : IConverter<ResponseSample, ResponseSampleSurrogate>
{
    public ResponseSample ConvertFromSurrogate(in ResponseSampleSurrogate s) => new(
        s.SampleId, s.Time, s.Entity, s.Prompt, s.Response, s.Context, s.Reference, s.FinishReason, s.InputTokens, s.OutputTokens, s.LatencyMs);

    public ResponseSampleSurrogate ConvertToSurrogate(in ResponseSample v) => new(
        v.Id, v.Time, v.Entity, v.Prompt, v.Response, v.Context, v.Reference, v.FinishReason, v.InputTokens, v.OutputTokens, v.LatencyMs);
}
