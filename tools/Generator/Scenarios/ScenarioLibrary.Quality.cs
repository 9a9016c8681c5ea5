using Grainwatch.Generator.Fleet;
using Grainwatch.Signals.Metrics;

namespace Grainwatch.Generator.Scenarios;

/// <summary>Stories that begin with the answers.</summary>
public static partial class ScenarioLibrary
{
    private static Scenario Nan(int variant, ulong seed)
    {
        Stage s = new(seed, variant);
        double t = s.Onset;
        return new Scenario
        {
            Id = "I07-nan-exclamation",
            Story = "Numbers overflow inside the model, and answers are one character repeated to the end.",
            Fleet = s.Fleet(main: c => c with
            {
                RequestsPerSecond = 0.9 * s.Rate,
                Engine = c.Engine with { PoolTokens = 110_000, MaxOutputTokens = 512 },
            }),
            OnsetMinute = t,
            EndMinute = t + 25,
            LengthMinutes = t + 35,
            Truth = new Truth(["quality-drift", "quality-caused-load"], "component", [s.Main], ["integrity", "repetition"], ["page"], 1),
            Effects = [Effects.Endless(s.Main, t, t + 25, 0, Math.Min(0.95, 0.8 * s.Dose), Exclamations)],
        };
    }

    private static Scenario UpgradeRegression(int variant, ulong seed)
    {
        Stage s = new(seed, variant);
        double t = s.Onset;
        return new Scenario
        {
            Id = "I10-upgrade-regression",
            Story = "A new version of the serving engine lowers the quality of the answers; speed is the same or better.",
            Fleet = s.Fleet(),
            OnsetMinute = t,
            LengthMinutes = t + 40,
            Truth = new Truth(["bad-rollout"], "component", [s.Main], ["deployment_event"], ["page"], 1),
            Effects =
            [
                Effects.Score(s.Main, t, 999, 0, QualityDimensions.Composite, -0.05),
                Effects.Score(s.Main, t, 999, 0, QualityDimensions.Relevance, -0.22 * s.Dose),
                Effects.Score(s.Main, t, 999, 0, QualityDimensions.Completeness, -0.18 * s.Dose),
                Effects.Score(s.Main, t, 999, 0, QualityDimensions.Groundedness, -0.16 * s.Dose),
                Effects.Speed(s.Main, t, 999, 0, 1.06),
            ],
            Happenings = [Effects.Event(s.Main, t, "DeploymentEvent")],
        };
    }

    private static Scenario EndlessOutput(int variant, ulong seed)
    {
        Stage s = new(seed, variant);
        double t = s.Onset;
        return new Scenario
        {
            Id = "I19-endless-output",
            Story = "The stop token is not emitted: answers repeat themselves to max_tokens and eat the capacity.",
            Fleet = s.Fleet(),
            OnsetMinute = t,
            EndMinute = t + 20,
            LengthMinutes = t + 35,
            Truth = new Truth(["quality-caused-load"], "component", [s.Main], ["integrity", "output_tokens_per_answer", "repetition"], ["page"], 1),
            Effects = [Effects.Endless(s.Main, t, t + 20, 1, Math.Min(0.9, 0.55 * s.Dose), Loop)],
        };
    }

    private static Scenario AdapterChange(int variant, ulong seed)
    {
        Stage s = new(seed, variant);
        double t = s.Onset;
        return new Scenario
        {
            Id = "X04-adapter-change",
            Extra = true,
            Story = "A wrong adapter is loaded for one component; its answers miss the question, the other's do not.",
            Fleet = s.Fleet(),
            OnsetMinute = t,
            EndMinute = t + 28,
            LengthMinutes = t + 40,
            Truth = new Truth(["adapter-change"], "component", [s.Side], ["adapter_change_event"], ["page"], 1),
            Effects =
            [
                Effects.Score(s.Side, t, t + 28, 0, QualityDimensions.Relevance, -0.35 * s.Dose),
                Effects.Score(s.Side, t, t + 28, 0, QualityDimensions.Groundedness, -0.3 * s.Dose),
            ],
            Happenings = [Effects.Event(s.Side, t, "AdapterChangeEvent"), Effects.Event(s.Side, t + 28, "AdapterChangeEvent")],
        };
    }

    private static Scenario QualityDrift(int variant, ulong seed)
    {
        Stage s = new(seed, variant);
        double t = s.Onset;
        return new Scenario
        {
            Id = "X10-quality-drift",
            Extra = true,
            Story = "Answers become unsafe over some minutes; no metric of the infrastructure moves.",
            Fleet = s.Fleet(),
            OnsetMinute = t,
            LengthMinutes = t + 40,
            Truth = new Truth(["quality-drift"], "component", [s.Main], ["safety", "composite"], ["page"], 1),
            Effects = [Effects.Score(s.Main, t, 999, 5, QualityDimensions.Safety, -0.45 * s.Dose)],
        };
    }

    private static Scenario Blind(int variant, ulong seed)
    {
        Stage s = new(seed, variant);
        double t = s.Onset;
        return new Scenario
        {
            Id = "X09-blind",
            Extra = true,
            Story = "Hard requests fail, so that only easy ones are answered and scored: the survivors look good.",
            Fleet = s.Fleet(),
            OnsetMinute = t,
            EndMinute = t + 25,
            LengthMinutes = t + 35,
            Truth = new Truth(["blind"], "component", [s.Main], ["errors_5xx"], ["warn", "page"], 1),
            Effects =
            [
                Effects.Failures(s.Main, t, t + 25, 1, Math.Min(0.85, 0.65 * s.Dose)),
                Effects.Score(s.Main, t, t + 25, 1, QualityDimensions.Relevance, 0.04),
            ],
        };
    }

    private static Scenario RolloutErrors(int variant, ulong seed)
    {
        Stage s = new(seed, variant);
        double t = s.Onset;
        return new Scenario
        {
            Id = "X12-rollout-errors",
            Extra = true,
            Story = "A new version fails a part of the requests and is slower.",
            Fleet = s.Fleet(),
            OnsetMinute = t,
            EndMinute = t + 18,
            LengthMinutes = t + 30,
            Truth = new Truth(["bad-rollout"], "component", [s.Main], ["deployment_event"], ["page"], 1),
            Effects = [Effects.Failures(s.Main, t + 0.5, t + 18, 1, 0.2 * s.Dose), Effects.Speed(s.Main, t + 0.5, t + 18, 0, 0.75)],
            Happenings = [Effects.Event(s.Main, t, "DeploymentEvent"), Effects.Event(s.Main, t + 18, "DeploymentEvent")],
        };
    }

    private static Scenario JudgeDrift(int variant, ulong seed)
    {
        Stage s = new(seed, variant);
        double t = s.Onset;
        string[] judged = [s.Main, s.Side, "search/rank"];
        string[] dimensions = [QualityDimensions.Relevance, QualityDimensions.Completeness, QualityDimensions.Groundedness];
        return new Scenario
        {
            Id = "X14-judge-drift",
            Extra = true,
            Story = "The judge changes: it scores the answers of all components lower at once, and often gives no score; nothing else moves.",
            Fleet = s.Fleet(),
            OnsetMinute = t,
            LengthMinutes = t + 40,
            Truth = new Truth(["judge-drift"], "component", judged, ["composite", "relevance"], ["warn", "none"], 0),
            Effects =
            [
                .. judged.SelectMany(c => dimensions.Select(d => Effects.Score(c, t, 999, 0, d, -0.25 * s.Dose))),
                .. judged.Select(c => Effects.UnknownScores(c, t, 999, 0.3)),
            ],
        };
    }
}
