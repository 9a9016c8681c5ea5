using System.Globalization;
using Grainwatch.Cli;
using Grainwatch.Signals.Rules;

namespace Grainwatch.Benchmarks.Ingest;

/// <summary><c>serve</c>: what <c>grainwatch up --no-recording</c> runs, by a <see cref="FastClock"/>.</summary>
internal static class FastServer
{
    /// <param name="arguments">ORIGIN (Unix ms) SPEED DATA [RULES]</param>
    public static async Task<int> RunAsync(string[] arguments)
    {
        FastClock clock = new(DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(arguments[0], CultureInfo.InvariantCulture)),
            double.Parse(arguments[1], CultureInfo.InvariantCulture));
        if (RuleFiles.TryRead(arguments.ElementAtOrDefault(3), Console.Error) is not { } rules)
        {
            return ExitCode.Failure;
        }

        UpOptions options = new(0, null, 0, rules, arguments[2], IsFresh: false);
        return await UpHost.RunAsync(options, clock, Console.Out, Console.Error, CancellationToken.None);
    }
}
