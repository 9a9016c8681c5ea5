using Grainwatch.Grains.Interfaces.Ingest;
using Microsoft.Extensions.Logging;

namespace Grainwatch.Grains.Ingest;

/// <summary>
/// Hands on what a silo could not place of a frame to the silos where it lives: one frame a silo and request, side by side.
/// What comes back as unknown from there, or does not come back, is unknown: it goes to its endpoint with its labels, which
/// is always right, and a point that was written twice is one point.
/// </summary>
public sealed partial class FrameRouter(SeriesDirectory directory, FrameServiceClient services, TimeProvider time, ILogger<FrameRouter> logger)
{
    /// <summary>How long another silo may take before its part of a frame is given up.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <param name="frame">The whole frame.</param>
    /// <param name="own">What this silo made of it.</param>
    public async Task<FrameReceipt> HandOnAsync(SampleFrame frame, FrameReceipt own)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(own);
        ILookup<SiloAddress, int> bySilo = own.Unknown
            .Select(i => (Series: i, Silo: directory.FindElsewhere(frame.Series[i])))
            .Where(s => s.Silo is not null)
            .ToLookup(s => s.Silo!, s => s.Series);
        if (bySilo.Count == 0)
        {
            return own with { Receiver = directory.Here };
        }

        FrameReceipt[] others = await Task.WhenAll(bySilo.Select(part => HandOnAsync(frame, part.Key, [.. part])));
        SortedSet<int> unknown = [.. own.Unknown];
        unknown.ExceptWith(bySilo.SelectMany(part => part));
        unknown.UnionWith(others.SelectMany(r => r.Unknown));
        return new FrameReceipt(
            own.Accepted + others.Sum(r => r.Accepted), [.. unknown], [.. own.Refused, .. others.SelectMany(r => r.Refused)], directory.Here);
    }

    /// <returns>The receipt in terms of the whole frame.</returns>
    private async Task<FrameReceipt> HandOnAsync(SampleFrame frame, SiloAddress silo, int[] series)
    {
        FrameReceipt receipt;
        try
        {
            receipt = await services.Of(silo).Write(frame.Part(series)).WaitAsync(Patience, time);
        }
        catch (Exception e) when (e is OrleansException or TimeoutException)
        {
            LogNotHandedOn(logger, silo, series.Length, e);
            receipt = new FrameReceipt(0, [.. Enumerable.Range(0, series.Length)], []);
        }

        int[] unknown = [.. receipt.Unknown.Select(i => series[i])];
        foreach (int i in unknown)
        {
            directory.Unlearn(frame.Series[i], silo);
        }

        return receipt with { Unknown = unknown };
    }

    [LoggerMessage(EventId = 1, EventName = "FrameNotHandedOn", Level = LogLevel.Warning,
        Message = "{Silo} did not take {Series} series of a frame; their endpoints are called")]
    private static partial void LogNotHandedOn(ILogger logger, SiloAddress silo, int series, Exception exception);
}
