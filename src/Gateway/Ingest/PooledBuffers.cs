using CommunityToolkit.HighPerformance.Buffers;

namespace Grainwatch.Gateway.Ingest;

/// <summary>One more item at the end of a rented buffer.</summary>
internal static class PooledBuffers
{
    public static void Append<T>(this ArrayPoolBufferWriter<T> buffer, T item)
    {
        buffer.GetSpan(1)[0] = item;
        buffer.Advance(1);
    }
}
