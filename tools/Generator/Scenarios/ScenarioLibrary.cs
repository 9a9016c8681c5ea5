using Grainwatch.Generator.Fleet;
using Grainwatch.Signals.Metrics;

namespace Grainwatch.Generator.Scenarios;

/// <summary>
/// All stories. Those named I.. and N.. are told after public reports of incidents of LLM serving, with the order and the
/// sizes that were reported; those named X.. are of the same kinds and marked as extra.
/// </summary>
public static partial class ScenarioLibrary
{
    private static readonly Dictionary<string, double> Loop = new()
    {
        [QualityDimensions.Integrity] = 0.08,
        [QualityDimensions.Repetition] = 0.04,
        [QualityDimensions.Relevance] = 0.62,
    };

    private static readonly Dictionary<string, double> Exclamations = new()
    {
        [QualityDimensions.Integrity] = 0.02,
        [QualityDimensions.Repetition] = 0.01,
        [QualityDimensions.Relevance] = 0.02,
        [QualityDimensions.Completeness] = 0.01,
        [QualityDimensions.Groundedness] = 0.30,
    };

    private static readonly Dictionary<string, double> Garbled = new()
    {
        [QualityDimensions.Integrity] = 0.25,
        [QualityDimensions.Relevance] = 0.60,
        [QualityDimensions.Groundedness] = 0.55,
    };

    /// <summary>Makes the scenario of an id, for a variant and a seed.</summary>
    public static IReadOnlyDictionary<string, Func<int, ulong, Scenario>> All { get; } =
        new SortedDictionary<string, Func<int, ulong, Scenario>>(StringComparer.Ordinal)
        {
            ["I02-kv-retraction-collapse"] = RetractionCollapse,
            ["I03-kv-full-queue-growth"] = FullPool,
            ["I05-tpot-cliff"] = TokenTimeCliff,
            ["I06-preemption-swap"] = PreemptionThrash,
            ["I07-nan-exclamation"] = Nan,
            ["I10-upgrade-regression"] = UpgradeRegression,
            ["I12-ecc-crash"] = EccCrash,
            ["I14-tp-straggler"] = Straggler,
            ["I15-gpu-mem-leak"] = GpuMemoryLeak,
            ["I17-oom-loop-sagemaker"] = OutOfMemoryLoop,
            ["I19-endless-output"] = EndlessOutput,
            ["N01-traffic-surge-ok"] = HarmlessSurge,
            ["X01-hang-idle"] = HangIdle,
            ["X02-hang-busy"] = HangBusy,
            ["X03-host-memory-leak"] = HostMemoryLeak,
            ["X04-adapter-change"] = AdapterChange,
            ["X05-hot-copy"] = HotCopy,
            ["X06-degraded-by-pressure"] = DegradedByPressure,
            ["X07-traffic-shift"] = TrafficShift,
            ["X08-clock-throttle"] = ClockThrottle,
            ["X09-blind"] = Blind,
            ["X10-quality-drift"] = QualityDrift,
            ["X11-gpu-vanished"] = GpuVanished,
            ["X12-rollout-errors"] = RolloutErrors,
            ["X13-surge-saturates"] = SurgeSaturates,
            ["X14-judge-drift"] = JudgeDrift,
            ["X15-restart-loop"] = RestartLoop,
            ["N02-quiet"] = Quiet,
        };

    private static string[] MainAndCopies(Stage s) => [s.Main, .. s.Instances.Select((_, i) => $"{s.Main}/{i}")];
}
