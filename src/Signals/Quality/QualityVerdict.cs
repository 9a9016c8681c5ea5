namespace Grainwatch.Signals.Quality;

/// <summary>What one check says of one answer.</summary>
public enum QualityVerdict
{
    /// <summary>The check does not apply, or could not be decided. Never read as pass, never as 0.</summary>
    Unknown,

    /// <summary>Nothing wrong was found.</summary>
    Pass,

    /// <summary>Something is wrong; the reasons say what.</summary>
    Fail,
}
