using Grainwatch.Signals.Quality;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Replay;

/// <summary>Reads one <c>samples.jsonl</c>.</summary>
internal sealed class SampleFile(
    string file, TopologyMap topology, List<ResponseSample> samples, ProblemLog problems, RecordingLimits limits)
{
    public void Read(LineSource lines)
    {
        long characters = samples.Sum(Characters);
        while (lines.TryRead(out ReadOnlySpan<byte> line, out bool tooLong))
        {
            if (tooLong)
            {
                problems.Add(file, lines.Line, $"longer than {limits.SampleLineBytes} bytes");
                continue;
            }

            if (line.IsEmpty)
            {
                continue;
            }

            if (ReadLine(line, out ResponseSample? sample) is { } reason)
            {
                problems.Add(file, lines.Line, reason);
                continue;
            }

            characters += Characters(sample!);
            if (samples.Count >= limits.Samples || characters > limits.SampleCharacters)
            {
                string bound = $"{limits.Samples} answers or {limits.SampleCharacters} characters";
                problems.Add(file, lines.Line, $"more than {bound}; what came before is kept");
                return;
            }

            samples.Add(sample!);
        }

        if (lines.Failure is not null)
        {
            problems.Add(file, lines.Line + 1, lines.Failure);
        }
    }

    /// <summary>Answers by time and id, then by all the rest, so that the file's order never shows.</summary>
    public static int Compare(ResponseSample left, ResponseSample right)
    {
        int order = left.Time.CompareTo(right.Time);
        order = order != 0 ? order : string.CompareOrdinal(left.Id, right.Id);
        order = order != 0 ? order : left.Entity.CompareTo(right.Entity);
        order = order != 0 ? order : string.CompareOrdinal(left.Response, right.Response);
        order = order != 0 ? order : string.CompareOrdinal(left.Prompt, right.Prompt);
        order = order != 0 ? order : string.CompareOrdinal(left.Context, right.Context);
        order = order != 0 ? order : string.CompareOrdinal(left.Reference, right.Reference);
        order = order != 0 ? order : string.CompareOrdinal(left.FinishReason, right.FinishReason);
        order = order != 0 ? order : Nullable.Compare(left.InputTokens, right.InputTokens);
        order = order != 0 ? order : Nullable.Compare(left.OutputTokens, right.OutputTokens);
        return order != 0 ? order : Nullable.Compare(left.LatencyMs, right.LatencyMs);
    }

    /// <returns>Why the line is no answer of this recording; null when it is one.</returns>
    private string? ReadLine(ReadOnlySpan<byte> line, out ResponseSample? sample)
    {
        if (!ResponseSampleJson.TryRead(line, out sample, out string? error))
        {
            return error;
        }

        EntityId entity = sample!.Entity;
        if (!topology.TryGetEndpoint(entity.Endpoint, out EndpointTopology? known))
        {
            return "endpoint is not in topology.json";
        }

        // An endpoint with a variant has an id of its own.
        sample = sample with { Entity = entity.Kind == EntityKind.Endpoint ? known.Id : entity };
        return topology.Contains(sample.Entity) ? null : "component is not in its endpoint in topology.json";
    }

    private static long Characters(ResponseSample s) =>
        s.Id.Length + s.Prompt.Length + s.Response.Length + (s.Context?.Length ?? 0) + (s.Reference?.Length ?? 0);
}
