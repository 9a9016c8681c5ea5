namespace Grainwatch.Gateway.Ingest.RemoteWrite;

/// <summary>One series of a remote-write request, as sent.</summary>
/// <param name="Labels">Name and value, in the order of the sender.</param>
/// <param name="TimesUnixMs">Timestamps of the samples.</param>
/// <param name="Values">As many as there are times; the stale marker is NaN with a fixed bit pattern.</param>
/// <param name="NativeHistograms">How many native histograms it carried; they are not read.</param>
/// <param name="Fault">Why the series cannot be taken; null: it can.</param>
public sealed record RemoteWriteSeries(
    IReadOnlyList<KeyValuePair<string, string>> Labels,
    long[] TimesUnixMs,
    double[] Values,
    int NativeHistograms,
    string? Fault = null)
{
    /// <summary>The name of the metric; null: it has none.</summary>
    public string? Name => Labels.FirstOrDefault(l => l.Key == "__name__").Value;
}
