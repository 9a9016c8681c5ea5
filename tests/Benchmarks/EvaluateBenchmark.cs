using System.Buffers;
using System.Text;
using BenchmarkDotNet.Attributes;
using Grainwatch.Signals;
using Grainwatch.Signals.Quality;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Benchmarks;

/// <summary>Answers a second through every deterministic check and onto its line of JSON, on one core. Wanted: at least 2,000.</summary>
[MemoryDiagnoser]
public class EvaluateBenchmark
{
    private const int Answers = 256;
    private const int Seed = 20_260_105;

    private static readonly string[] Subjects = ["the cache", "a replica", "the scheduler", "our endpoint", "the queue", "this model", "the operator", "a request"];
    private static readonly string[] Verbs = ["restarts", "answers", "waits for", "reads from", "is moved to", "loses", "reports", "keeps"];
    private static readonly string[] Objects = ["the older instance", "two of three disks", "its neighbour", "every tenth batch", "the new adapter", "4 GiB of memory", "a stale page", "the first token"];
    private static readonly string[] Ends = ["after 30 seconds", "when traffic grows", "without a warning", "on 2026-01-05", "before the deployment ends", "as the manual says", "in most regions", "for no known reason"];

    private readonly Evaluator _evaluator = new();
    private readonly ArrayBufferWriter<byte> _output = new(1 << 22);
    private ResponseSample[] _samples = [];

    /// <summary>Characters of an answer.</summary>
    [Params(100, 600, 2_000)]
    public int Length { get; set; }

    /// <summary>Whether answers rest on a context of 2,000 characters.</summary>
    [Params(false, true)]
    public bool Context { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        Random random = new(Seed);
        EntityId entity = EntityId.ForComponent("chat", "assist");
        _samples = [.. Enumerable.Range(0, Answers).Select(i => new ResponseSample(
            $"r{i}", new Timestamp(i), entity, Text(random, 120) + " Why?", Text(random, Length), Context ? Text(random, 2_000) : null, FinishReason: "stop"))];
    }

    [Benchmark(OperationsPerInvoke = Answers)]
    public int Evaluate()
    {
        _output.ResetWrittenCount();
        foreach (ResponseSample sample in _samples)
        {
            ScoreCardJson.WriteLine(_evaluator.Evaluate(sample), _output);
        }

        return _output.WrittenCount;
    }

    // Prose with a list now and then: no text of a data set.
    private static string Text(Random random, int length)
    {
        StringBuilder text = new();
        while (text.Length < length)
        {
            string sentence = $"{Pick(random, Subjects)} {Pick(random, Verbs)} {Pick(random, Objects)} {Pick(random, Ends)}";
            bool item = random.Next(8) == 0;
            text.Append(item ? "\n- " : string.Empty).Append(char.ToUpperInvariant(sentence[0])).Append(sentence, 1, sentence.Length - 1);
            text.Append(item ? ".\n" : ". ");
        }

        return text.ToString().TrimEnd();
    }

    private static string Pick(Random random, string[] words) => words[random.Next(words.Length)];
}
