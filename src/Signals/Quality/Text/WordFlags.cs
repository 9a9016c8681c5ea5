namespace Grainwatch.Signals.Quality.Text;

/// <summary>What is known of a word without a dictionary.</summary>
[Flags]
public enum WordFlags
{
    None = 0,

    /// <summary>An English word without a meaning of its own.</summary>
    Stop = 1,

    /// <summary>Begins with a digit.</summary>
    Number = 2,

    /// <summary>Begins with a capital.</summary>
    Capital = 4,

    /// <summary>At least two letters, all capitals.</summary>
    AllCapitals = 8,

    /// <summary>The first of a sentence or line.</summary>
    First = 16,

    /// <summary>Inside fenced code.</summary>
    Code = 32,

    /// <summary>Has letters of two scripts that no language mixes in one word.</summary>
    MixedScript = 64,
}
