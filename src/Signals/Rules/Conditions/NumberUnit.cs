namespace Grainwatch.Signals.Rules.Conditions;

/// <summary>What may follow a number, without a space.</summary>
public enum NumberUnit
{
    None,
    Percent,
    Milliseconds,
    Seconds,
    Minutes,
    Hours,
    Bytes,
    KiB,
    MiB,
    GiB,
}
