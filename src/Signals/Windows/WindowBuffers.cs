namespace Grainwatch.Signals.Windows;

/// <summary>
/// Room for a copy of a window that is looked at before the next one is taken: the threads that judge have a buffer each, not
/// the rules and readers, of which an endpoint has dozens.
/// </summary>
internal static class WindowBuffers
{
    [ThreadStatic]
    private static long[]? _times;

    [ThreadStatic]
    private static double[]? _values;

    /// <summary>This thread's buffers, overwritten by the next who asks on it.</summary>
    public static void Take(int size, out Span<long> times, out Span<double> values)
    {
        if (_times is null || _values is null || _times.Length < size)
        {
            _times = new long[size];
            _values = new double[size];
        }

        times = _times.AsSpan(0, size);
        values = _values.AsSpan(0, size);
    }
}
