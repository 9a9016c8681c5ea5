namespace Grainwatch.Signals.Quality.Checks;

/// <summary>How much of a text a dictionary compressor would copy from what stood before: a stand-in for the compression ratio.</summary>
/// <remarks>
/// Greedy LZ77 with one table of the last place of every eight-character hash; only copies of at least 24 characters
/// count, which ordinary prose has few of. Linear, deterministic, and without the entropy coder that makes real ratios
/// depend on length. Source: Ziv and Lempel, IEEE Trans. Inf. Theory 1977.
/// </remarks>
public static class CopiedShare
{
    private const int Probe = 8;
    private const int CopyMin = 24;
    private const int TableBits = 12;

    /// <summary>0: all new; towards 1: all copied.</summary>
    public static double Of(ReadOnlySpan<char> text)
    {
        if (text.Length < CopyMin)
        {
            return 0.0;
        }

        Span<int> last = stackalloc int[1 << TableBits];
        last.Fill(-1);
        int copied = 0;
        for (int i = 0; i + Probe <= text.Length;)
        {
            int slot = Slot(text.Slice(i, Probe));
            int from = last[slot];
            last[slot] = i;
            int length = from < 0 ? 0 : text[i..].CommonPrefixLength(text[from..]);
            if (length >= CopyMin)
            {
                copied += length;
                i += length;
            }
            else
            {
                i++;
            }
        }

        return (double)copied / text.Length;
    }

    private static int Slot(ReadOnlySpan<char> probe)
    {
        ulong hash = 0;
        foreach (char c in probe)
        {
            hash = (hash * 0x100000001B3) ^ c;
        }

        return (int)((hash * 0x9E3779B97F4A7C15) >> (64 - TableBits));
    }
}
