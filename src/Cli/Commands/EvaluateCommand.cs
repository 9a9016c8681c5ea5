using System.Buffers;
using System.CommandLine;
using System.Text;
using Grainwatch.Hosting;
using Grainwatch.Signals.Quality;

namespace Grainwatch.Cli.Commands;

/// <summary><c>grainwatch evaluate SAMPLES.jsonl [--out FILE]</c>: one card a sample, in input order.</summary>
internal static class EvaluateCommand
{
    private const int BatchLines = 512;

    public static Command Create()
    {
        Argument<string> samples = new("SAMPLES.jsonl") { Description = "one sample a line; '.gz' and '-' are accepted" };
        Option<string?> output = new("--out") { Description = "where to write; standard output when absent" };
        Command command = new("evaluate", "Scores answers with the deterministic checks.") { samples, output };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(samples), parsed.GetValue(output), Console.Error));
        return command;
    }

    private static int Run(string path, string? outPath, TextWriter error)
    {
        try
        {
            using StreamReader reader = new(InputFile.Open(path), new UTF8Encoding(false, throwOnInvalidBytes: false), true, 1 << 16);
            using Stream output = outPath is null ? Console.OpenStandardOutput() : File.Create(outPath);
            using BufferedStream buffered = new(output, 1 << 16);
            return Run(path, reader, buffered, error);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            error.WriteLine($"{path}: {e.Message}");
            return ExitCode.Failure;
        }
    }

    private static int Run(string path, TextReader reader, Stream output, TextWriter error)
    {
        Progress progress = new(error, Clock.Wall, "answers scored");
        List<(int Number, string Line)> batch = new(BatchLines);
        int number = 0;
        bool bad = false;
        while (true)
        {
            string? line = reader.ReadLine();
            if (line is not null)
            {
                number++;
                if (!string.IsNullOrWhiteSpace(line))
                {
                    batch.Add((number, line));
                }
            }

            if (batch.Count == BatchLines || line is null)
            {
                bad |= !WriteBatch(path, batch, output, error);
                batch.Clear();
                progress.Report(number);
            }

            if (line is null)
            {
                output.Flush();
                progress.Finish(number);
                return bad ? ExitCode.Failure : ExitCode.Success;
            }
        }
    }

    /// <summary>Scores a batch on all cores and writes it in order; false when a line was bad.</summary>
    private static bool WriteBatch(string path, List<(int Number, string Line)> batch, Stream output, TextWriter error)
    {
        (ArrayBufferWriter<byte>? Card, string? Problem)[] done = new (ArrayBufferWriter<byte>?, string?)[batch.Count];
        Parallel.For(0, batch.Count, () => new Evaluator(), (i, _, evaluator) =>
        {
            if (ResponseSampleJson.TryRead(batch[i].Line, out ResponseSample? sample, out string? problem))
            {
                ArrayBufferWriter<byte> card = new();
                ScoreCardJson.WriteLine(evaluator.Evaluate(sample!), card);
                done[i] = (card, null);
            }
            else
            {
                done[i] = (null, problem);
            }

            return evaluator;
        }, _ => { });
        bool good = true;
        for (int i = 0; i < done.Length; i++)
        {
            if (done[i].Card is { } card)
            {
                output.Write(card.WrittenSpan);
            }
            else
            {
                good = false;
                error.WriteLine($"{path}:{batch[i].Number}: {done[i].Problem}");
            }
        }

        return good;
    }
}
