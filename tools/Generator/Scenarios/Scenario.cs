using Grainwatch.Generator.Fleet;

namespace Grainwatch.Generator.Scenarios;

/// <summary>One story: a fleet, what happens to it, and what must be said of it.</summary>
public sealed record Scenario
{
    public required string Id { get; init; }

    /// <summary>What was wrong, in one sentence.</summary>
    public required string Story { get; init; }

    public required IReadOnlyList<EndpointSpec> Fleet { get; init; }

    public required Truth Truth { get; init; }

    /// <summary>When the first signal moves; null in a control.</summary>
    public double? OnsetMinute { get; init; }

    /// <summary>When the cause is gone; null: not within the recording.</summary>
    public double? EndMinute { get; init; }

    public required double LengthMinutes { get; init; }

    /// <summary>Not from a public report: of the same kinds, for tuning only.</summary>
    public bool Extra { get; init; }

    /// <summary>False where the report says that no answers were scored.</summary>
    public bool HasScores { get; init; } = true;

    public IReadOnlyList<Effect> Effects { get; init; } = [];

    public IReadOnlyList<Happening> Happenings { get; init; } = [];

    /// <summary>The content of <c>truth.json</c> for a recording of this story.</summary>
    public string TruthJson(string name, RecordingRun run) => Truth.ToJson(
        name, Extra, Story, OnsetMinute is { } onset ? run.At(onset * 60) : null, EndMinute is { } end ? run.At(end * 60) : null);
}
