using System.Buffers;

namespace Grainwatch.Benchmarks.Load;

/// <summary>A compressed request in an array that is borrowed: whoever has sent it gives it back.</summary>
/// <param name="Bytes">Longer than the body.</param>
/// <param name="Length">Of the body.</param>
/// <param name="Samples">How many points it holds.</param>
internal readonly record struct Body(byte[] Bytes, int Length, int Samples)
{
    public void Return() => ArrayPool<byte>.Shared.Return(Bytes);
}
