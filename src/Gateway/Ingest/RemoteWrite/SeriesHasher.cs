using System.IO.Hashing;
using System.Security.Cryptography;
using Grainwatch.Grains.Interfaces.Ingest;

namespace Grainwatch.Gateway.Ingest.RemoteWrite;

/// <summary>
/// Hashes the bytes of a series' labels. Senders write the labels of a series the same way each time, so equal bytes are
/// equal series; a sender that writes them in another way is known by another hash of the same series.
/// </summary>
/// <remarks>
/// XXH128 is fast and no cryptographic hash: its seed is drawn at the start of the process and told to nobody, so that no
/// sender can make a series that meets another's.
/// </remarks>
public sealed class SeriesHasher
{
    private readonly long _seed = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long)));

    public SourceHash Hash(ReadOnlySpan<byte> labels)
    {
        UInt128 hash = XxHash128.HashToUInt128(labels, _seed);
        return new SourceHash((ulong)(hash >> 64), (ulong)hash);
    }
}
