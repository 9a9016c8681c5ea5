using System.Collections.Immutable;

namespace Grainwatch.Signals.Rules;

/// <summary>One part of a condition with what it said, for people who ask why.</summary>
public sealed record ExplainedNode
{
    /// <summary>and, or, not, compare, any, all, quality, drift, absent, changed, slo; metric, number, arithmetic, fallback,
    /// over.</summary>
    public required string Kind { get; init; }

    /// <summary>As a rule file writes it.</summary>
    public required string Expression { get; init; }

    /// <summary>What it said: True, False, Hold, Missing or Error; of a number True says that it is known.</summary>
    public required Truth Truth { get; init; }

    /// <summary>In words and numbers.</summary>
    public required string Text { get; init; }

    /// <summary>Whose it is, where that is another entity than the rule's: one of its relatives.</summary>
    public string? Entity { get; init; }

    /// <summary>A number in its canonical unit, or the estimate of a quality; null: none, or not known.</summary>
    public double? Value { get; init; }

    /// <summary>What it is compared with; null: nothing.</summary>
    public double? Threshold { get; init; }

    /// <summary>Lower end of an estimate; null where the value is measured.</summary>
    public double? Lower { get; init; }

    /// <summary>Upper end of an estimate.</summary>
    public double? Upper { get; init; }

    /// <summary>Answers, or points in the window.</summary>
    public int? N { get; init; }

    /// <summary>The window of a metric; null: it has none.</summary>
    public TimeSpan? Window { get; init; }

    /// <summary>Event time of the newest point in the window; null: none, or no metric.</summary>
    public Timestamp? Newest { get; init; }

    /// <summary>The series that is read; null: there is none, or no single one.</summary>
    public string? Series { get; init; }

    /// <summary>What it is made of, all of it, also what the decision did not need.</summary>
    public ImmutableArray<ExplainedNode> Parts { get; init; } = [];
}
