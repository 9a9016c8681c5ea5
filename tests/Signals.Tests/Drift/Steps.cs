using System.Globalization;

namespace Grainwatch.Signals.Tests.Drift;

/// <summary>How long searches run: GRAINWATCH_TEST_STEPS runs of a property, GRAINWATCH_STREAM_DAYS days of a stream.</summary>
internal static class Steps
{
    private const int StreamDaysDefault = 200;

    /// <summary>The given number, or GRAINWATCH_TEST_STEPS where that is larger.</summary>
    public static int Of(int least) => Math.Max(least, Read("GRAINWATCH_TEST_STEPS") ?? 0);

    public static int StreamDays { get; } = Read("GRAINWATCH_STREAM_DAYS") ?? StreamDaysDefault;

    private static int? Read(string name) =>
        int.TryParse(
            Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out int steps) ? steps : null;
}
