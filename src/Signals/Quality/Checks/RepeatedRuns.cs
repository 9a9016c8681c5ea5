namespace Grainwatch.Signals.Quality.Checks;

/// <summary>Finds the stretches of a text that repeat a unit at least three times.</summary>
/// <remarks>
/// A run of period p and at least three repeats holds two neighbouring multiples of p, so it is enough to look from
/// every multiple of p whether the text goes on p characters later, and to stretch to both sides where it does. For all
/// periods that is n (1 + 1/2 + 1/3 + ...) looks, n log n. Periods are tried in rising order and a run that a shorter
/// period explains is passed over, so the unit is primitive: "abab" is never the unit of "abababab".
/// </remarks>
public static class RepeatedRuns
{
    /// <summary>Longer units are not looked for.</summary>
    public const int PeriodMax = 2_048;

    /// <summary>More runs than these are not reported: the first of the shortest periods are kept.</summary>
    public const int RunsMax = 64;

    private const int RepeatsMin = 3;
    private const int ProbeMax = 4;

    /// <summary>The runs, by period, then by start.</summary>
    public static IReadOnlyList<RepeatedRun> Find(ReadOnlySpan<char> text)
    {
        List<RepeatedRun> runs = [];
        for (int period = 1; period <= PeriodMax && period * RepeatsMin <= text.Length && runs.Count < RunsMax; period++)
        {
            for (int anchor = 0; anchor + period < text.Length && runs.Count < RunsMax;)
            {
                if (!GoesOn(text, anchor, period))
                {
                    anchor += period;
                    continue;
                }

                RepeatedRun run = Stretch(text, anchor, period);
                bool found = run.Length >= period * RepeatsMin && run.Length >= 8;
                if (found && !IsExplained(runs, run))
                {
                    runs.Add(run);
                }

                int end = run.Start + run.Length - period;
                anchor += Math.Max(1, (end - anchor + period - 1) / period) * period;
            }
        }

        return runs;
    }

    // A run of three periods goes on for a whole period from one of its anchors, so four characters may be asked for.
    private static bool GoesOn(ReadOnlySpan<char> text, int anchor, int period)
    {
        int probe = Math.Min(period, ProbeMax);
        return anchor + period + probe <= text.Length && text.Slice(anchor, probe).SequenceEqual(text.Slice(anchor + period, probe));
    }

    private static RepeatedRun Stretch(ReadOnlySpan<char> text, int anchor, int period)
    {
        int right = text[anchor..^period].CommonPrefixLength(text[(anchor + period)..]);
        int left = 0;
        // One period to the left is enough to reach the anchor before; a longer run was found from there.
        while (left < period && anchor - left - 1 >= 0 && text[anchor - left - 1] == text[anchor - left - 1 + period])
        {
            left++;
        }

        return new RepeatedRun(anchor - left, left + right + period, period);
    }

    private static bool IsExplained(List<RepeatedRun> runs, in RepeatedRun run)
    {
        foreach (RepeatedRun known in runs)
        {
            if (run.Period % known.Period == 0 && run.Start >= known.Start - run.Period
                && run.Start + run.Length <= known.Start + known.Length + run.Period)
            {
                return true;
            }
        }

        return false;
    }
}
