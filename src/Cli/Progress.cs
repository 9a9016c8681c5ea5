namespace Grainwatch.Cli;

/// <summary>Says on standard error how far long work has come: at most twice a second, and nothing at all when it ends sooner.</summary>
internal sealed class Progress(TextWriter error, TimeProvider time, string what)
{
    private static readonly TimeSpan Cadence = TimeSpan.FromMilliseconds(500);

    private long _last = time.GetTimestamp();
    private bool _spoke;

    public void Report(long done, long? total = null)
    {
        if (time.GetElapsedTime(_last) < Cadence)
        {
            return;
        }

        _last = time.GetTimestamp();
        _spoke = true;
        error.WriteLine(total is { } all and > 0 ? $"{what}: {done:N0} of {all:N0} ({100.0 * done / all:F0} %)" : $"{what}: {done:N0}");
    }

    public void Finish(long done)
    {
        if (_spoke)
        {
            error.WriteLine($"{what}: {done:N0}, done");
        }
    }
}
