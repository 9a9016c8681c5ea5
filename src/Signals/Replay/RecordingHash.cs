using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Quality;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Replay;

/// <summary>
/// SHA-256 over what a recording says: two folders with equal hashes replay alike, whatever the order of their rows,
/// the number of their files and the compression. Every text is taken as UTF-16 behind its length, absent ones as -1.
/// </summary>
internal sealed class RecordingHash : IDisposable
{
    private const string Domain = "grainwatch recording 1";

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _buffer = new byte[1 << 16];
    private int _buffered;

    public static string Of(Recording recording)
    {
        using RecordingHash hash = new();
        hash.Add(Domain);
        hash.Add(recording.Topology);
        hash.Add(recording.Metrics);
        foreach (ResponseSample sample in recording.Samples)
        {
            hash.Add(sample);
        }

        hash.Add(recording.Samples.Count);
        foreach (QualityScore score in recording.Scores)
        {
            hash.Add(score);
        }

        hash.Add(recording.Scores.Count);
        hash.Flush();
        return Convert.ToHexStringLower(hash._hash.GetHashAndReset());
    }

    public void Dispose() => _hash.Dispose();

    private void Add(TopologyMap topology)
    {
        foreach (EndpointTopology endpoint in topology.Endpoints.OrderBy(e => e.Id))
        {
            Add(endpoint.Id.Key);
            Add(endpoint.Variant);
            Add(endpoint.InstanceType);
            AddAll(endpoint.Instances.SelectMany(i => i.Gpus.Prepend(i.Id)).Select(e => e.Key));
            foreach (ComponentTopology component in endpoint.Components.OrderBy(c => c.Id))
            {
                Add(component.Id.Key);
                Add(component.GpusPerCopy ?? -1);
                AddAll(component.Copies.Select(Text));
            }
        }

        AddAll(topology.Nodes.Select(n => n.Key));
        AddAll(topology.Edges.Select(e => $"{e.Caller.Key} {e.Callee.Key}"));
    }

    private static string Text(ComponentCopy copy) =>
        $"{copy.Id.Key} {copy.Instance?.Key} {string.Join(' ', copy.Gpus.Select(g => g.Key).Order(StringComparer.Ordinal))}";

    private void Add(MetricRows rows)
    {
        foreach (SeriesKey series in rows.Series)
        {
            Add(series.Entity.Key);
            Add(series.Metric.Text);
        }

        Add(rows.Series.Count);
        Add(rows.Count);
        AddColumn<long>(rows.TimesUnixMs);
        AddColumn<int>(rows.SeriesIndex);
        AddColumn<double>(rows.Values);
        Add(rows.HasArrivals ? 1 : 0);
        AddColumn(rows.HasArrivals ? rows.KnownAtUnixMs : default);
    }

    private void Add(ResponseSample sample)
    {
        Add(sample.Id);
        Add(sample.Time.UnixMs);
        Add(sample.Entity.Key);
        Add(sample.Prompt);
        Add(sample.Response);
        Add(sample.Context);
        Add(sample.Reference);
        Add(sample.FinishReason);
        Add(sample.InputTokens ?? -1);
        Add(sample.OutputTokens ?? -1);
        Add(BitConverter.DoubleToInt64Bits(sample.LatencyMs ?? -1));
    }

    private void Add(QualityScore score)
    {
        Add(score.Time.UnixMs);
        Add(score.Entity.Key);
        Add(score.Dimension);
        Add(BitConverter.DoubleToInt64Bits(score.Score ?? -1));
        Add(BitConverter.DoubleToInt64Bits(score.Probability));
        Add(score.Stratum);
        Add(score.Judge);
    }

    private void AddAll(IEnumerable<string> texts)
    {
        List<string> ordered = [.. texts.Order(StringComparer.Ordinal)];
        ordered.ForEach(Add);
        Add(ordered.Count);
    }

    private void Add(string? text)
    {
        if (text is null)
        {
            Add(-1L);
            return;
        }

        Add(text.Length);
        AddColumn<char>(text);
    }

    private void Add(long number)
    {
        if (_buffered + sizeof(long) > _buffer.Length)
        {
            Flush();
        }

        BinaryPrimitives.WriteInt64LittleEndian(_buffer.AsSpan(_buffered), number);
        _buffered += sizeof(long);
    }

    private void Flush()
    {
        _hash.AppendData(_buffer, 0, _buffered);
        _buffered = 0;
    }

    /// <summary>Takes a column as it lies in memory; .NET runs on little-endian machines only.</summary>
    private void AddColumn<T>(ReadOnlySpan<T> column)
        where T : unmanaged
    {
        int perStep = _buffer.Length / Unsafe.SizeOf<T>();
        for (int start = 0; start < column.Length; start += perStep)
        {
            ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(column.Slice(start, Math.Min(perStep, column.Length - start)));
            if (bytes.Length > _buffer.Length - _buffered)
            {
                Flush();
            }

            bytes.CopyTo(_buffer.AsSpan(_buffered));
            _buffered += bytes.Length;
        }
    }
}
