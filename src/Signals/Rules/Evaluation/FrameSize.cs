namespace Grainwatch.Signals.Rules.Evaluation;

/// <summary>How many places nodes need in a frame.</summary>
internal record struct FrameSize
{
    /// <summary>Numbers that were read.</summary>
    public int Cells { get; set; }

    /// <summary>What conditions said.</summary>
    public int Conditions { get; set; }

    /// <summary>Where series are.</summary>
    public int Columns { get; set; }

    /// <summary>Which relatives take part.</summary>
    public int Parts { get; set; }

    /// <summary>Which of several spoke.</summary>
    public int Spoke { get; set; }

    /// <summary>Lists of all series below an entity.</summary>
    public int Below { get; set; }

    /// <summary>Decisions about quality.</summary>
    public int Decisions { get; set; }
}
