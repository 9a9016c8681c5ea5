using Grainwatch.Generator.Fleet;

namespace Grainwatch.Generator.Scenarios;

/// <summary>Stories in which the KV pool, the queue or the load is the matter.</summary>
public static partial class ScenarioLibrary
{
    private static Truth Saturation(Stage s, params string[] metrics) =>
        new(["saturation"], "component", MainAndCopies(s), metrics, ["page"], 1);

    private static Scenario RetractionCollapse(int variant, ulong seed)
    {
        Stage s = new(seed, variant, instances: 1);
        double t = s.Onset;
        return new Scenario
        {
            Id = "I02-kv-retraction-collapse",
            Story = "The KV pool fills, requests are retracted, and decoding never recovers its speed.",
            Fleet = s.Fleet(
                MetricDialect.Sglang,
                c => c with { RequestsPerSecond = 1.9 * s.Rate, Engine = c.Engine with { PoolTokens = 60_000 } },
                shared: false),
            OnsetMinute = t,
            LengthMinutes = t + 30,
            Truth = Saturation(s, "kv_cache_usage"),
            Effects =
            [
                Effects.KvLeak(s.Main, t, 999, 4, 0.93),
                Effects.Clients(s.Main, t + 4.5, 999, 12),
                Effects.Speed(s.Main, t + 4.5, 999, 0.5, 0.2 / s.Dose),
            ],
        };
    }

    private static Scenario FullPool(int variant, ulong seed)
    {
        Stage s = new(seed, variant, instances: 1);
        double t = s.Onset;
        double share = Math.Min(0.12, 0.115 * s.Dose);
        return new Scenario
        {
            Id = "I03-kv-full-queue-growth",
            Story = "A few very long requests fill the KV pool and keep it; others wait.",
            Fleet = s.Fleet(
                main: c => c with
                {
                    RequestsPerSecond = 1.7 * s.Rate,
                    PromptFactor = 0.8,
                    Engine = c.Engine with { PoolTokens = 60_000, StepSeconds = 0.028, MaxBatch = 96, PatienceSeconds = 600 },
                },
                shared: false),
            OnsetMinute = t,
            LengthMinutes = t + 25,
            Truth = Saturation(s, "kv_cache_usage"),
            Happenings = [.. Enumerable.Range(0, 6).Select(i => Effects.LongRequest(s.Main, t + (0.25 * i), share))],
        };
    }

    private static Scenario TokenTimeCliff(int variant, ulong seed)
    {
        Stage s = new(seed, variant, instances: 1);
        double t = s.Onset;
        return new Scenario
        {
            Id = "I05-tpot-cliff",
            Story = "Near the end of the KV pool the time for a token jumps to four times, while nothing waits yet.",
            Fleet = s.Fleet(
                main: c => c with
                {
                    PromptFactor = 50,
                    OutputFactor = 1.6,
                    Clients = 6,
                    Engine = c.Engine with
                    {
                        PoolTokens = 24_000,
                        StepSeconds = 0.098,
                        StepSecondsPerRequest = 0.0015,
                        KneeFactor = 3,
                        MaxPromptTokens = 2_800,
                        MaxOutputTokens = 420,
                    },
                },
                shared: false),
            OnsetMinute = t,
            EndMinute = t + 24,
            LengthMinutes = t + 32,
            Truth = Saturation(s, "kv_cache_usage"),
            Effects =
            [
                Effects.Clients(s.Main, t, t + 4, 7),
                Effects.Clients(s.Main, t + 4, t + 14, 8),
                Effects.Clients(s.Main, t + 14, t + 24, 12),
            ],
        };
    }

    private static Scenario PreemptionThrash(int variant, ulong seed)
    {
        Stage s = new(seed, variant, instances: 1);
        double t = s.Onset;
        return new Scenario
        {
            Id = "I06-preemption-swap",
            Story = "The KV pool is exhausted; requests are thrown out and read again, so that a busy GPU writes little.",
            Fleet = s.Fleet(
                main: c => c with
                {
                    PromptFactor = 0.4,
                    OutputFactor = 2.6,
                    Clients = (int)(34 * s.Rate),
                    Engine = c.Engine with { PoolTokens = 40_000, MaxBatch = 64, PrefillTokensPerSecond = 3_000, KneeFactor = 1 },
                },
                shared: false),
            OnsetMinute = t,
            EndMinute = t + 25,
            LengthMinutes = t + 35,
            Truth = Saturation(s, "preemptions", "kv_cache_usage"),
            Effects = [Effects.Clients(s.Main, t, t + 25, (int)(64 * s.Dose)), Effects.KvLeak(s.Main, t, t + 25, 3, 0.25)],
        };
    }

    private static Scenario DegradedByPressure(int variant, ulong seed)
    {
        Stage s = new(seed, variant);
        double t = s.Onset;
        return new Scenario
        {
            Id = "X06-degraded-by-pressure",
            Extra = true,
            Story = "Load fills the KV pool; under that pressure answers come out damaged, and they recover with the load.",
            Fleet = s.Fleet(),
            OnsetMinute = t,
            EndMinute = t + 22,
            LengthMinutes = t + 40,
            Truth = new Truth(["degraded-by-pressure"], "component", MainAndCopies(s), ["kv_cache_usage", "concurrency"], ["page"], 1),
            Effects = [Effects.Arrivals(s.Main, t, t + 22, 3, 1.8 * s.Dose), Effects.DamageUnderPressure(s.Main, 0.55 * s.Dose, Garbled)],
        };
    }

    private static Scenario HarmlessSurge(int variant, ulong seed)
    {
        Stage s = new(seed, variant);
        double t = s.Onset;
        return new Scenario
        {
            Id = "N01-traffic-surge-ok",
            Story = "Arrivals double, latency rises by a fifth, within its objective; answers stay as they were.",
            Fleet = s.Fleet(
                main: c => c with
                {
                    RequestsPerSecond = 0.8 * s.Rate,
                    Engine = c.Engine with { PoolTokens = 90_000, StepSecondsPerRequest = 0.00015, PrefillTokensPerSecond = 30_000 },
                },
                shared: false),
            LengthMinutes = t + 35,
            Truth = Truth.Nothing,
            Effects = [Effects.Arrivals(s.Main, t, t + 20, 2, 2.0)],
        };
    }

    private static Scenario Quiet(int variant, ulong seed)
    {
        Stage s = new(seed, variant);
        return new Scenario
        {
            Id = "N02-quiet",
            Extra = true,
            Story = "Nothing happens for two hours.",
            Fleet = s.Fleet(),
            LengthMinutes = 120,
            Truth = Truth.Nothing,
        };
    }

    private static Scenario SurgeSaturates(int variant, ulong seed)
    {
        Stage s = new(seed, variant);
        double t = s.Onset;
        return new Scenario
        {
            Id = "X13-surge-saturates",
            Extra = true,
            Story = "Arrivals rise far beyond what the copies can serve; the queue grows, answers stay as they were.",
            Fleet = s.Fleet(),
            OnsetMinute = t,
            EndMinute = t + 20,
            LengthMinutes = t + 40,
            Truth = new Truth(
                ["traffic-surge", "saturation"],
                "component",
                [.. MainAndCopies(s), s.Endpoint],
                ["requests", "concurrency", "queue_depth", "kv_cache_usage"],
                ["page", "info"],
                1),
            Effects = [Effects.Arrivals(s.Main, t, t + 20, 2, 3.2 * s.Dose)],
        };
    }

    private static Scenario TrafficShift(int variant, ulong seed)
    {
        Stage s = new(seed, variant);
        double t = s.Onset;
        return new Scenario
        {
            Id = "X07-traffic-shift",
            Extra = true,
            Story = "Prompts become twice as long with arrivals unchanged; nothing is wrong.",
            Fleet = s.Fleet(main: c => c with { RequestsPerSecond = 0.7 * s.Rate }),
            OnsetMinute = t,
            EndMinute = t + 30,
            LengthMinutes = t + 40,
            Truth = new Truth(["traffic-shift"], "component", [s.Main], ["prompt_tokens_per_request", "prompt_tokens_per_second"], ["info", "none"], 0),
            Effects = [Effects.Prompts(s.Main, t, t + 30, 2, 2.2)],
        };
    }
}
