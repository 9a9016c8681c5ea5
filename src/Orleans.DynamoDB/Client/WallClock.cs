namespace Orleans.DynamoDB.Client;

/// <summary>The clock by which this project waits for DynamoDB.</summary>
internal static class WallClock
{
    /// <summary>
    /// Pauses between attempts are about a real service on a real network: a host that runs on a clock of its own, as a test does,
    /// must not hold them up. What is stored is stamped with the clock of the container.
    /// </summary>
#pragma warning disable RS0030 // The official constructors, which this project repeats, take no clock.
    public static TimeProvider Instance => TimeProvider.System;
#pragma warning restore RS0030
}
