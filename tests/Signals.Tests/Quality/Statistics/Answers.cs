using Grainwatch.Signals.Quality;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Tests.Quality.Statistics;

/// <summary>Answers for tests: one component, one dimension, one a second.</summary>
internal static class Answers
{
    public const string Dimension = "safety";

    public static EntityId Entity { get; } = EntityId.ForComponent("chat", "assist");

    public static Timestamp Start { get; } = Timestamp.Parse("2026-03-02T00:00:00Z");

    public static Timestamp At(double seconds) => new(Start.UnixMs + (long)(seconds * 1000));

    public static QualityScore Score(double seconds, double? score, double probability = 1, string? judge = null) =>
        new(At(seconds), Entity, Dimension, score, probability, Judge: judge);

    public static double Bernoulli(Random random, double mean) => random.NextDouble() < mean ? 1 : 0;
}
