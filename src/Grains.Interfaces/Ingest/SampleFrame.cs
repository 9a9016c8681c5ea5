namespace Grainwatch.Grains.Interfaces.Ingest;

/// <summary>
/// Samples of a request by the hashes of their series, without a label. Series i owns the samples from
/// <see cref="FirstSample"/>[i] up to that of the next series.
/// </summary>
/// <param name="Series">A hash each.</param>
/// <param name="FirstSample">Where the samples of each series begin.</param>
/// <param name="TimesUnixMs">Event times of all samples.</param>
/// <param name="Values">As many, in the unit of the source; NaN: the series ended.</param>
[GenerateSerializer, Immutable, Alias("grainwatch.sample-frame")]
public sealed record SampleFrame(
    [property: Id(0)] SourceHash[] Series,
    [property: Id(1)] int[] FirstSample,
    [property: Id(2)] long[] TimesUnixMs,
    [property: Id(3)] double[] Values)
{
    public int EndOf(int series) => series + 1 < FirstSample.Length ? FirstSample[series + 1] : TimesUnixMs.Length;

    /// <summary>The frame with some of the series alone, in their order.</summary>
    /// <param name="series">Their places in this frame.</param>
    public SampleFrame Part(ReadOnlySpan<int> series)
    {
        int samples = 0;
        foreach (int i in series)
        {
            samples += EndOf(i) - FirstSample[i];
        }

        SampleFrame part = new(new SourceHash[series.Length], new int[series.Length], new long[samples], new double[samples]);
        int at = 0;
        for (int i = 0; i < series.Length; i++)
        {
            (int first, int end) = (FirstSample[series[i]], EndOf(series[i]));
            (part.Series[i], part.FirstSample[i]) = (Series[series[i]], at);
            TimesUnixMs.AsSpan(first, end - first).CopyTo(part.TimesUnixMs.AsSpan(at));
            Values.AsSpan(first, end - first).CopyTo(part.Values.AsSpan(at));
            at += end - first;
        }

        return part;
    }
}
