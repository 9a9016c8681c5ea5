namespace Grainwatch.Cli;

/// <summary>The one place of the command line that chooses the clock.</summary>
internal static class Clock
{
#pragma warning disable RS0030 // A composition root.
    public static TimeProvider Wall => TimeProvider.System;
#pragma warning restore RS0030
}
