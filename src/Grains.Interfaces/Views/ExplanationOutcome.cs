namespace Grainwatch.Grains.Interfaces.Views;

/// <summary>Whether there is something to explain.</summary>
public enum ExplanationOutcome
{
    Explained,

    /// <summary>No rule of that id is in force.</summary>
    NoRule,

    /// <summary>The endpoint does not know the entity.</summary>
    NoEntity,

    /// <summary>The rule is not about the entity.</summary>
    NotSelected,

    /// <summary>The windows do not hold that time.</summary>
    NotHeld,
}
