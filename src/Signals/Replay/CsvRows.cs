namespace Grainwatch.Signals.Replay;

/// <summary>The reading of a CSV file of a recording, whatever its rows are: header, limits, problems.</summary>
/// <param name="file">Its name, for problems.</param>
/// <param name="names">The columns that are wanted.</param>
/// <param name="required">So many of them, from the first on, must be there.</param>
/// <param name="problems">Takes what cannot be read.</param>
/// <param name="limits">How much is read.</param>
internal sealed class CsvRows(string file, string[] names, int required, ProblemLog problems, RecordingLimits limits)
{
    /// <summary>Takes one row in.</summary>
    /// <returns>Why it cannot be read; null when it was, or when its problem is counted already.</returns>
    public delegate string? RowReader(CsvLayout layout, ReadOnlySpan<byte> line);

    /// <summary>Reads all rows.</summary>
    /// <param name="lines">The file.</param>
    /// <param name="full">Says that no more rows are taken, and why; null: there is room.</param>
    /// <param name="readRow">Takes one row in.</param>
    public void Read(LineSource lines, Func<string?> full, RowReader readRow)
    {
        CsvLayout? layout = null;
        while (lines.TryRead(out ReadOnlySpan<byte> line, out bool tooLong))
        {
            if (tooLong)
            {
                problems.Add(file, lines.Line, $"longer than {limits.CsvLineBytes} bytes");
                continue;
            }

            if (line.IsEmpty)
            {
                continue;
            }

            if (layout is null)
            {
                layout = CsvLayout.TryCreate(line, names, required, out string? missing);
                if (layout is null)
                {
                    problems.Add(file, lines.Line, missing!);
                    return;
                }

                continue;
            }

            if (full() is { } bound)
            {
                problems.Add(file, lines.Line, $"more than {bound}; what came before is kept");
                return;
            }

            if (readRow(layout, line) is { } reason)
            {
                problems.Add(file, lines.Line, reason);
            }
        }

        if (lines.Failure is not null)
        {
            problems.Add(file, lines.Line + 1, lines.Failure);
        }
    }
}
