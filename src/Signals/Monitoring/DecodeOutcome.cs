namespace Grainwatch.Signals.Monitoring;

/// <summary>What a <see cref="SourceDecoder"/> made of one value.</summary>
public enum DecodeOutcome
{
    /// <summary>It became a point.</summary>
    Decoded,

    /// <summary>It was understood and says nothing yet: a first total, a part of a histogram, a repeat.</summary>
    NoPoint,

    /// <summary>The source says that the series ended.</summary>
    Ended,

    /// <summary>Refused: not a finite number.</summary>
    NotFinite,

    /// <summary>Refused: the state of so many source series is not kept.</summary>
    TooManySources,
}
