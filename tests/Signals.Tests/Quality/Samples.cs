using Grainwatch.Signals.Quality;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Tests.Quality;

/// <summary>Samples for tests: only what a test is about is said.</summary>
internal static class Samples
{
    private static readonly EntityId Entity = EntityId.ForComponent("chat", "assist");

    public static ResponseSample Of(
        string response, string prompt = "", string? context = null, string? finish = "stop", int? outputTokens = null, string? reference = null) =>
        new("r1", new Timestamp(0), Entity, prompt, response, context, reference, finish, OutputTokens: outputTokens);

    public static DimensionScore? Score(this ICheck check, string response, string prompt = "", string? context = null, string? finish = "stop") =>
        check.Evaluate(new CheckInput(Of(response, prompt, context, finish)));

    public static double Value(this ICheck check, string response, string prompt = "", string? context = null, string? finish = "stop") =>
        check.Score(response, prompt, context, finish)?.Score ?? throw new InvalidOperationException("unknown");

    public static bool Fails(this ICheck check, string response, string prompt = "", string? context = null, string? finish = "stop") =>
        check.Score(response, prompt, context, finish)?.Verdict == QualityVerdict.Fail;
}
