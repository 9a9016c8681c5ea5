namespace Grainwatch.Signals.WhatIf;

/// <summary>Why a rule was not tried, or not to the end.</summary>
public enum TrialRefusal
{
    /// <summary>It asks for quality, whose evidence is not kept by time.</summary>
    AsksForQuality,

    /// <summary>The trial's evaluations are used up.</summary>
    TooMuchWork,

    /// <summary>The trial's time is used up.</summary>
    TooLate,
}
