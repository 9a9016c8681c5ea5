using System.Text;
using System.Text.Unicode;
using CommunityToolkit.HighPerformance.Buffers;
using Grainwatch.Gateway.Options;
using Grainwatch.Gateway.Problems;
using Grainwatch.Grains.Interfaces.Ingest;
using Microsoft.Extensions.Options;
using Snappier;

namespace Grainwatch.Gateway.Ingest.RemoteWrite;

/// <summary>
/// Reads a Prometheus remote-write 1.0 body: a snappy block that holds
/// <c>WriteRequest{ timeseries = 1: TimeSeries{ labels = 1: Label{ name = 1, value = 2 }, samples = 2: Sample{ value = 1,
/// timestamp = 2 } } }</c>.
/// Unknown fields, exemplars and metadata are skipped; native histograms are counted.
/// </summary>
public sealed class RemoteWriteReader(IOptions<IngestLimits> options, SeriesHasher hasher)
{
    private const int BytesOfSeries = 100;

    private readonly IngestLimits _limits = options.Value;

    /// <summary>Cuts a body into series and reads their samples; labels are hashed and not read.</summary>
    /// <exception cref="MalformedBodyException">The body is no snappy block, or no WriteRequest.</exception>
    /// <exception cref="ProblemException">413: it holds more than one request may.</exception>
    public RemoteWriteFrame Read(ReadOnlySpan<byte> body)
    {
        MemoryOwner<byte> message = Decompress(body);
        try
        {
            return Cut(message);
        }
        catch
        {
            message.Dispose();
            throw;
        }
    }

    private RemoteWriteFrame Cut(MemoryOwner<byte> message)
    {
        // Guessed generously: a series takes some hundred bytes, and what is rented costs nothing to be too long.
        int expected = (message.Length / BytesOfSeries) + 1;
        using ArrayPoolBufferWriter<Range> parts = new(expected);
        using ArrayPoolBufferWriter<SourceHash> hashes = new(expected);
        using ArrayPoolBufferWriter<int> first = new(expected);
        using ArrayPoolBufferWriter<long> times = new(expected);
        using ArrayPoolBufferWriter<double> values = new(expected);
        ProtobufCursor request = new(message.Span, 0);
        while (request.Next())
        {
            if (request.Field != 1)
            {
                request.Skip();
                continue;
            }

            request.Expect(2);
            ReadOnlySpan<byte> series = request.ReadBytes(out int start);
            parts.Append(start..(start + series.Length));
            first.Append(times.WrittenCount);
            hashes.Append(ReadSamples(series, start, times, values));
            if (parts.WrittenCount > _limits.SeriesPerRequestMax)
            {
                throw TooMany(_limits.SeriesPerRequestMax, "series");
            }
        }

        SampleFrame samples = new(hashes.WrittenSpan.ToArray(), first.WrittenSpan.ToArray(), times.WrittenSpan.ToArray(), values.WrittenSpan.ToArray());
        return new RemoteWriteFrame(message, samples, parts.WrittenSpan.ToArray());
    }

    /// <summary>Reads one series of a message with its labels.</summary>
    /// <exception cref="MalformedBodyException">A label is no text.</exception>
    public RemoteWriteSeries ReadSeries(RemoteWriteFrame frame, int index)
    {
        ArgumentNullException.ThrowIfNull(frame);
        Range part = frame.Parts[index];
        return ReadSeries(frame.Message[part], part.Start.Value, _limits.SamplesPerRequestMax);
    }

    /// <summary>Reads the samples of one series.</summary>
    /// <returns>
    /// The hash of the bytes in which its labels stand; none where they do not stand together before everything else, or
    /// where something else has to be told of the series.
    /// </returns>
    private SourceHash ReadSamples(ReadOnlySpan<byte> message, int offset, ArrayPoolBufferWriter<long> times, ArrayPoolBufferWriter<double> values)
    {
        int labelsEnd = 0;
        int before = times.WrittenCount;
        bool isPlain = true;
        ProtobufCursor series = new(message, offset);
        while (series.Next())
        {
            switch (series.Field)
            {
                case 1:
                    series.Expect(2);
                    int length = series.ReadBytes(out int start).Length;
                    isPlain &= times.WrittenCount == before;
                    labelsEnd = start - offset + length;
                    break;
                case 2:
                    series.Expect(2);
                    (long time, double value) = ReadSample(series.ReadBytes(out int sampleStart), sampleStart);
                    times.Append(time);
                    values.Append(value);
                    if (values.WrittenCount > _limits.SamplesPerRequestMax)
                    {
                        throw TooMany(_limits.SamplesPerRequestMax, "samples");
                    }

                    break;
                default:
                    // Exemplars are nothing to us; whatever else there is, a reader of labels looks at.
                    isPlain &= series.Field == 3 && times.WrittenCount > before;
                    series.Skip();
                    break;
            }
        }

        return isPlain && labelsEnd > 0 ? hasher.Hash(message[..labelsEnd]) : default;
    }

    private static ProblemException TooMany(int most, string what) =>
        new(StatusCodes.Status413PayloadTooLarge, "too-large", $"more than {most} {what} in one request");

    private MemoryOwner<byte> Decompress(ReadOnlySpan<byte> body)
    {
        MemoryOwner<byte>? message = null;
        try
        {
            // The block says its length before anything is unpacked.
            int length = Snappy.GetUncompressedLength(body);
            if (length < 0 || length > _limits.DecompressedBytesMax)
            {
                throw new ProblemException(StatusCodes.Status413PayloadTooLarge, "too-large",
                    $"the body unpacks to more than {_limits.DecompressedBytesMax} bytes");
            }

            // A block can grow 64 times at most (3 bytes copy 64): a small body that claims more is broken, and buys no memory.
            if (length > (long)body.Length * 64)
            {
                throw new MalformedBodyException("the snappy block is shorter than it says");
            }

            message = MemoryOwner<byte>.Allocate(length);
            int written = Snappy.Decompress(body, message.Span);
            return written == length ? message : throw new MalformedBodyException("the snappy block is shorter than it says");
        }
        catch (MalformedBodyException)
        {
            message?.Dispose();
            throw;
        }
        catch (Exception e) when (e is InvalidDataException or ArgumentException or InvalidOperationException or OverflowException or IndexOutOfRangeException)
        {
            message?.Dispose();
            throw new MalformedBodyException("the body is not a snappy block");
        }
    }

    private RemoteWriteSeries ReadSeries(ReadOnlySpan<byte> message, int offset, int samplesMax)
    {
        List<KeyValuePair<string, string>> labels = [];
        List<long> times = [];
        List<double> values = [];
        int histograms = 0;
        string? fault = null;
        ProtobufCursor series = new(message, offset);
        while (series.Next())
        {
            switch (series.Field)
            {
                case 1:
                    series.Expect(2);
                    KeyValuePair<string, string> label = ReadLabel(series.ReadBytes(out int labelStart), labelStart, ref fault);
                    if (labels.Count < _limits.LabelsPerSeriesMax)
                    {
                        labels.Add(label);
                    }
                    else
                    {
                        fault ??= $"more than {_limits.LabelsPerSeriesMax} labels";
                    }

                    break;
                case 2:
                    series.Expect(2);
                    (long time, double value) = ReadSample(series.ReadBytes(out int sampleStart), sampleStart);
                    times.Add(time);
                    values.Add(value);
                    if (values.Count > samplesMax)
                    {
                        throw TooMany(_limits.SamplesPerRequestMax, "samples");
                    }

                    break;
                case 4:
                    histograms++;
                    series.Skip();
                    break;
                default:
                    series.Skip();
                    break;
            }
        }

        return new RemoteWriteSeries(labels, [.. times], [.. values], histograms, fault ?? Repeated(labels));
    }

    private static string? Repeated(List<KeyValuePair<string, string>> labels)
    {
        // Senders sort them, so that a repeated name stands beside the first.
        for (int i = 1; i < labels.Count; i++)
        {
            if (string.Equals(labels[i].Key, labels[i - 1].Key, StringComparison.Ordinal))
            {
                return $"the label '{labels[i].Key}' twice";
            }
        }

        return null;
    }

    private KeyValuePair<string, string> ReadLabel(ReadOnlySpan<byte> message, int offset, ref string? fault)
    {
        string name = "";
        string value = "";
        ProtobufCursor label = new(message, offset);
        while (label.Next())
        {
            if (label.Field is not (1 or 2))
            {
                label.Skip();
                continue;
            }

            label.Expect(2);
            ReadOnlySpan<byte> bytes = label.ReadBytes(out int start);
            if (!Utf8.IsValid(bytes))
            {
                throw new MalformedBodyException($"byte {start}: a label that is not UTF-8");
            }

            if (bytes.Length > _limits.LabelBytesMax)
            {
                fault ??= $"a label of more than {_limits.LabelBytesMax} bytes";
                continue;
            }

            string text = Encoding.UTF8.GetString(bytes);
            (name, value) = label.Field == 1 ? (text, value) : (name, text);
        }

        return KeyValuePair.Create(name, value);
    }

    private static (long TimeUnixMs, double Value) ReadSample(ReadOnlySpan<byte> message, int offset)
    {
        double value = 0;
        long time = 0;
        ProtobufCursor sample = new(message, offset);
        while (sample.Next())
        {
            switch (sample.Field)
            {
                case 1:
                    sample.Expect(1);
                    value = sample.ReadDouble();
                    break;
                case 2:
                    sample.Expect(0);
                    time = (long)sample.ReadVarint();
                    break;
                default:
                    sample.Skip();
                    break;
            }
        }

        return (time, value);
    }
}
