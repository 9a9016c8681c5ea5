using System.Diagnostics;
using System.Globalization;

namespace Grainwatch.Benchmarks.Load;

/// <summary>The server has the first core, the sender the second.</summary>
internal static class Cores
{
    public const string Server = "0";
    private const string Sender = "1";

    /// <summary>Puts every thread of this process, and those that it will start, on the sender's core.</summary>
    public static async Task PinSenderAsync()
    {
        ProcessStartInfo start = new("taskset", ["-acp", Sender, Environment.ProcessId.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardOutput = true,
        };
        using Process taskset = Process.Start(start)!;
        await taskset.StandardOutput.ReadToEndAsync();
        await taskset.WaitForExitAsync();
        if (taskset.ExitCode != 0)
        {
            throw new InvalidOperationException("taskset cannot put the sender on a core of its own");
        }
    }
}
