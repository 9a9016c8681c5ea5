using Grainwatch.Generator.Engine;
using Grainwatch.Generator.Fleet;
using Grainwatch.Generator.Scenarios;
using Grainwatch.Generator.Texts;
using Grainwatch.Signals;
using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Quality;
using Grainwatch.Signals.Replay;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Generator;

/// <summary>
/// The recording that the product plays when it is given none: answers of <c>chat/assist</c> lose their end, load
/// follows, and <c>chat/draft</c> on the same GPUs slows down with it.
/// </summary>
public static class BundledRecording
{
    private const ulong Seed = 20260302;
    private const double OnsetMinute = 34;
    private const double EndMinute = 55;
    private const double LengthMinutes = 75;
    private const string Assist = "chat/assist";
    private const string Draft = "chat/draft";

    private static readonly Timestamp Start = Timestamp.Parse("2026-03-02T08:59:57Z");

    // An answer every two to three seconds for each component.
    private static readonly Dictionary<string, double> SampledShare = new()
    {
        [Assist] = 0.20,
        [Draft] = 0.20,
        ["search/rank"] = 0.25,
    };

    public static void Write(string folder)
    {
        Scenario scenario = Scenario();
        RecordingRun run = RecordingRun.Play(scenario, Seed, Start);
        RecordingWriter writer = new(folder);
        writer.WriteText("topology.json", run.TopologyJson);
        writer.WriteMetrics(run.Metrics);
        writer.WriteSamples(Samples(run));
        writer.WriteText("truth.json", scenario.TruthJson(scenario.Id, run));
        writer.WriteText("ATTRIBUTION.md", Attribution.Text);
    }

    private static Scenario Scenario() => new()
    {
        Id = "endless-output",
        Story = "The stop token is not emitted: answers of chat/assist repeat themselves to max_tokens and eat the capacity "
            + "that chat/draft shares.",
        Fleet = Fleet(),
        HasScores = false,
        OnsetMinute = OnsetMinute,
        EndMinute = EndMinute,
        LengthMinutes = LengthMinutes,
        Truth = new Scenarios.Truth(
            ["quality-caused-load"],
            "component",
            [Assist],
            [QualityDimensions.Integrity, "output_tokens_per_answer", QualityDimensions.Repetition],
            ["page"],
            1),
        Effects = [Effects.Endless(Assist, OnsetMinute, EndMinute, 0.5, 0.5, new Dictionary<string, double>())],
    };

    private static EndpointSpec[] Fleet()
    {
        EngineSettings large = new() { PoolTokens = 40_000, MaxOutputTokens = 768, PrefillTokensPerSecond = 16_000 };
        EngineSettings small = large with { StepSeconds = 0.014, MaxBatch = 32 };
        return
        [
            new EndpointSpec("chat", "ml.g6e.12xlarge", ["i-0a4f1c", "i-0b72e9"], 2, 46_068,
            [
                new ComponentSpec("assist", MetricDialect.Vllm, large, 1.3, 0, 2) { OutputFactor = 0.4 },
                new ComponentSpec("draft", MetricDialect.EngineLog, small, 0.9, 0, 2) { OutputFactor = 0.35 },
            ]),
            new EndpointSpec("search", "ml.g6e.xlarge", ["i-05ea9c"], 1, 46_068,
            [
                new ComponentSpec("rank", MetricDialect.Sglang, small with { PoolTokens = 24_000 }, 0.4, 0, 1)
                {
                    OutputFactor = 0.3,
                },
            ]),
        ];
    }

    private static IEnumerable<ResponseSample> Samples(RecordingRun run)
    {
        Dice dice = Dice.For(Seed, "samples");
        Dictionary<ComponentModel, AnswerTexts> texts = [];
        int number = 0;
        foreach ((ComponentModel component, FinishedRequest answer) in run.Answers.OrderBy(a => a.Answer.AtSeconds))
        {
            if (!dice.Chance(SampledShare[component.Entity]))
            {
                continue;
            }

            if (!texts.TryGetValue(component, out AnswerTexts? mine))
            {
                texts[component] = mine = AnswerTexts.Part(texts.Count, SampledShare.Count);
            }

            yield return Sample(run, component.Id, answer, mine, $"r{++number:x5}", dice);
        }
    }

    private static ResponseSample Sample(
        RecordingRun run, EntityId component, FinishedRequest answer, AnswerTexts texts, string id, Dice dice)
    {
        EngineRequest request = answer.Request;
        int intactTokens = request.Endless ? 40 + dice.Below(120) : request.OutputTokens;
        AnswerText text = texts.About(intactTokens, dice);
        return new ResponseSample(
            id,
            run.At(answer.AtSeconds),
            component,
            text.Prompt,
            request.Endless ? EndlessText.Of(text.Response, request.OutputTokens, dice) : text.Response,
            FinishReason: request.Endless ? "length" : "stop",
            InputTokens: request.PromptTokens,
            OutputTokens: request.OutputTokens,
            LatencyMs: Math.Round(answer.LatencySeconds * 1000, 1));
    }
}
