using Snappier;

namespace Grainwatch.Cluster.Tests.Support;

/// <summary>Writes remote-write 1.0 bodies, independently of the reader under test.</summary>
internal sealed class RemoteWriteBody
{
    private readonly Pb _request = new();

    /// <summary>The labels of a series, to be written once and used for many bodies.</summary>
    public static Pb Labels(IEnumerable<KeyValuePair<string, string>> labels)
    {
        Pb series = new();
        foreach ((string name, string value) in labels)
        {
            series.Message(1, new Pb().Text(1, name).Text(2, value));
        }

        return series;
    }

    public RemoteWriteBody Add(IReadOnlyDictionary<string, string> labels, params (long TimeUnixMs, double Value)[] samples) =>
        Add(Labels(labels), samples);

    public RemoteWriteBody Add(Pb labels, params ReadOnlySpan<(long TimeUnixMs, double Value)> samples)
    {
        Pb series = new Pb().Append(labels);
        foreach ((long time, double value) in samples)
        {
            series.Message(2, new Pb().Double(1, value).Varint(2, (ulong)time));
        }

        _request.Message(1, series);
        return this;
    }

    public byte[] Message() => _request.ToArray();

    public byte[] Compressed() => Snappy.CompressToArray(Message());
}
