namespace Grainwatch.Signals.Windows;

/// <summary>One value on its way into a column of a <see cref="WindowBlock"/>; NaN says that the series ended.</summary>
/// <param name="Column">Which column.</param>
/// <param name="TimeUnixMs">Event time of the point.</param>
/// <param name="Value">In the canonical unit.</param>
public readonly record struct WindowPoint(int Column, long TimeUnixMs, double Value);
