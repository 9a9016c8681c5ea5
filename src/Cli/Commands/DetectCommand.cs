using System.CommandLine;
using System.Globalization;
using Grainwatch.Hosting;
using Grainwatch.Signals;
using Grainwatch.Signals.Drift;

namespace Grainwatch.Cli.Commands;

/// <summary><c>grainwatch detect SERIES.csv</c>: an anomaly score for each point that uses only the past.</summary>
internal static class DetectCommand
{
    private const string Header = "timestamp,value";

    public static Command Create()
    {
        Argument<string> series = new("SERIES.csv") { Description = "header timestamp,value; '.gz' and '-' are accepted" };
        Command command = new("detect", "Scores each point of a series by its past alone; 0.5 is the alarm.") { series };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(series), Console.Out, Console.Error));
        return command;
    }

    private static int Run(string path, TextWriter output, TextWriter error)
    {
        try
        {
            using StreamReader reader = new(InputFile.Open(path));
            return Run(path, reader, output, error);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            error.WriteLine($"{path}: {e.Message}");
            return ExitCode.Failure;
        }
    }

    private static int Run(string path, TextReader reader, TextWriter output, TextWriter error)
    {
        string? header = reader.ReadLine()?.TrimEnd('\r').TrimStart('\uFEFF');
        if (header != Header)
        {
            error.WriteLine($"{path}:1: the header must be '{Header}'");
            return ExitCode.Failure;
        }

        output.WriteLine($"{Header},anomaly_score");
        AnomalyDetector detector = new();
        Progress progress = new(error, Clock.Wall, "points scored");
        Timestamp? last = null;
        int number = 1;
        while (reader.ReadLine() is { } raw)
        {
            number++;
            string line = raw.TrimEnd('\r');
            if (line.Length == 0)
            {
                continue;
            }

            string[] fields = line.Split(',');
            if (fields.Length != 2 || !Timestamp.TryParse(fields[0], out Timestamp time))
            {
                error.WriteLine($"{path}:{number}: expected a time and a value");
                return ExitCode.Failure;
            }

            if (time < last)
            {
                error.WriteLine($"{path}:{number}: times must not go back");
                return ExitCode.Failure;
            }

            double? value = null;
            if (fields[1].AsSpan().Trim().Length > 0)
            {
                if (!double.TryParse(fields[1], NumberStyles.Float, CultureInfo.InvariantCulture, out double parsed) || !double.IsFinite(parsed))
                {
                    error.WriteLine($"{path}:{number}: '{fields[1]}' is no finite number");
                    return ExitCode.Failure;
                }

                value = parsed;
            }

            last = time;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{fields[0]},{fields[1]},{detector.Score(time, value):F6}"));
            progress.Report(number - 1);
        }

        output.Flush();
        progress.Finish(number - 1);
        return ExitCode.Success;
    }
}
