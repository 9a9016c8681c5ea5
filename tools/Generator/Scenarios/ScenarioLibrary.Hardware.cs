using Grainwatch.Generator.Fleet;

namespace Grainwatch.Generator.Scenarios;

/// <summary>Stories of GPUs, hosts and processes.</summary>
public static partial class ScenarioLibrary
{
    private static Scenario EccCrash(int variant, ulong seed)
    {
        Stage s = new(seed, variant);
        double t = s.Onset;
        int copy = s.FaultyInstance;
        return new Scenario
        {
            Id = "I12-ecc-crash",
            Story = "One GPU has an uncorrectable memory error: every call on it fails, and restarts do not help.",
            Fleet = s.Fleet(),
            HasScores = false,
            OnsetMinute = t,
            LengthMinutes = t + 25,
            Truth = new Truth(["hardware-fault"], "gpu", [s.Gpu], ["xid_errors", "ecc_uncorrectable"], ["page"], 1),
            Effects =
            [
                Effects.Copy(s.Main, copy, t + 0.2, 999, c => c.Down = true),
                Effects.Copy(s.Side, copy, t + 0.2, 999, c => c.Down = true),
                Effects.Gpu(s.Gpu, t + 0.2, 999, 0, (g, _) => g.ShownUtilization = 0),
            ],
            Happenings =
            [
                new Happening(t, fleet =>
                {
                    fleet.Gpu(s.Gpu).Xid = 48;
                    fleet.Gpu(s.Gpu).EccTotal += 2;
                }),
                new Happening(t + 3, fleet => fleet.Gpu(s.Gpu).EccTotal += 1),
                Effects.Event(s.Main, t + 6, "RestartEvent"),
                Effects.Event(s.Main, t + 13, "RestartEvent"),
            ],
        };
    }

    private static Scenario GpuVanished(int variant, ulong seed)
    {
        Stage s = new(seed, variant);
        double t = s.Onset;
        int copy = s.FaultyInstance;
        return new Scenario
        {
            Id = "X11-gpu-vanished",
            Extra = true,
            Story = "One GPU falls off the bus: its metrics end, and the calls of its copy fail.",
            Fleet = s.Fleet(),
            HasScores = false,
            OnsetMinute = t,
            LengthMinutes = t + 25,
            Truth = new Truth(["hardware-fault"], "gpu", [s.Gpu], ["xid_errors", "gpu_utilization"], ["page"], 1),
            Effects =
            [
                Effects.Copy(s.Main, copy, t + 0.1, 999, c => c.Down = true),
                Effects.Copy(s.Side, copy, t + 0.1, 999, c => c.Down = true),
                Effects.Gpu(s.Gpu, t + 0.4, 999, 0, (g, _) => g.Gone = true),
            ],
            Happenings = [new Happening(t, fleet => fleet.Gpu(s.Gpu).Xid = 79)],
        };
    }

    private static Scenario Straggler(int variant, ulong seed)
    {
        Stage s = new(seed, variant, instances: 1, gpus: variant % 2 == 0 ? 4 : 8);
        double t = s.Onset;
        return new Scenario
        {
            Id = "I14-tp-straggler",
            Story = "In spells one GPU of the group works while the others wait; tokens a second sag and come back.",
            Fleet = s.Fleet(main: c => c with { Engine = c.Engine with { PoolTokens = 120_000 } }, shared: false),
            OnsetMinute = t,
            EndMinute = t + 25,
            LengthMinutes = t + 35,
            Truth = new Truth(["hot-gpu"], "gpu", [s.Gpu], ["gpu_utilization"], ["warn", "page"], 1),
            Effects =
            [
                Effects.GpuSpells(s.GpusOfInstance, t, t + 25, 2.5, 0.5, (g, i) =>
                {
                    g.ShownUtilization = i == s.FaultyGpu ? 0.99 : 0.14;
                    g.Speed = i == s.FaultyGpu ? 0.45 / s.Dose : 1.0;
                }),
            ],
        };
    }

    private static Scenario GpuMemoryLeak(int variant, ulong seed)
    {
        Stage s = new(seed, variant, instances: 1);
        double t = s.Onset;
        const double Hours = 5;
        const int Memory = 23_028;
        return new Scenario
        {
            Id = "I15-gpu-mem-leak",
            Story = "Free memory of a GPU falls steadily for five hours of steady traffic, from 1,517 to 337 MB.",
            Fleet = s.Fleet(memoryMib: Memory),
            OnsetMinute = t,
            LengthMinutes = t + (Hours * 60),
            Truth = new Truth(["memory-leak"], "gpu", [s.Gpu], ["gpu_memory_usage", "gpu_memory_free", "gpu_memory_used"], ["warn", "page"], 1),
            Effects = [Effects.Gpu(s.Gpu, t, 9_999, Hours * 60, (g, dose) => g.LeakedMib = (1_517 - 337) * dose)],
            Happenings =
            [
                new Happening(0, fleet => fleet.Instance(s.Instance).Gpus.ToList().ForEach(g => g.ReservedShare = 1 - (1_517.0 / Memory))),
            ],
        };
    }

    private static Scenario HostMemoryLeak(int variant, ulong seed)
    {
        Stage s = new(seed, variant);
        double t = s.Onset;
        return new Scenario
        {
            Id = "X03-host-memory-leak",
            Extra = true,
            Story = "The host memory of one instance creeps up without load until it is nearly full.",
            Fleet = s.Fleet(),
            OnsetMinute = t,
            LengthMinutes = t + 120,
            Truth = new Truth(["memory-leak"], "instance", [s.Instance], ["memory_usage"], ["warn", "page"], 1),
            Effects = [Effects.Instance(s.Instance, t, 999, 125, (i, dose) => i.LeakedMemory = 0.5 * dose)],
        };
    }

    private static Scenario OutOfMemoryLoop(int variant, ulong seed)
    {
        Stage s = new(seed, variant, instances: 1, gpus: 1);
        double t = s.Onset;
        double[] backoffMinutes = [1, 1.5, 2.5, 4.5, 8.5, 16.5, 32.5];
        return new Scenario
        {
            Id = "I17-oom-loop-sagemaker",
            Story = "Memory of the GPU is full, requests fail, the handler restarts again and again, also after the traffic is gone.",
            Fleet = s.Fleet(main: c => c with { RequestsPerSecond = 0.5, PromptFactor = 0.5, OutputFactor = 0.5 }, shared: false),
            HasScores = false,
            OnsetMinute = t,
            LengthMinutes = t + 50,
            Truth = new Truth(["restart-loop"], "component", [s.Main], ["restarts", "gpu_memory_usage", "memory_usage"], ["page"], 1),
            Effects =
            [
                Effects.Gpu(s.Gpu, t, 999, 0.5, (g, dose) =>
                {
                    g.ShownMemory = 0.86 + (0.14 * dose);
                    g.ShownUtilization = 0;
                }),
                Effects.Copy(s.Main, 0, t + 0.5, 999, c => c.Down = true),
                Effects.Arrivals(s.Main, t + 10, 999, 0, 0),
            ],
            Happenings = [.. backoffMinutes.Select(m => Effects.Restart(s.Main, t + m))],
        };
    }

    private static Scenario HangIdle(int variant, ulong seed) => Hang("X01-hang-idle", 0.0, variant, seed);

    private static Scenario HangBusy(int variant, ulong seed) => Hang("X02-hang-busy", 1.0, variant, seed);

    private static Scenario Hang(string id, double utilization, int variant, ulong seed)
    {
        Stage s = new(seed, variant, instances: 1);
        double t = s.Onset;
        List<string> gpus = [.. s.GpusOfInstance];
        return new Scenario
        {
            Id = id,
            Extra = true,
            Story = "The loop of the engine stands still: requests stay inside, no token comes out.",
            Fleet = s.Fleet(shared: false),
            OnsetMinute = t,
            EndMinute = t + 15,
            LengthMinutes = t + 25,
            Truth = new Truth(
                ["hang"],
                "component",
                [s.Main],
                ["generation_tokens_per_second", "generation_tokens", "requests_running", "concurrency"],
                ["page"],
                1),
            Effects =
            [
                Effects.Stall(s.Main, t, t + 15),
                Effects.GpuSpells(gpus, t, t + 15, 999, 0, (g, _) => g.ShownUtilization = utilization),
            ],
            Happenings = [Effects.Restart(s.Main, t + 15)],
        };
    }

    private static Scenario HotCopy(int variant, ulong seed)
    {
        Stage s = new(seed, variant, instances: variant == 0 ? 3 : 3 + (variant % 2));
        double t = s.Onset;
        string copy = $"{s.Main}/{s.FaultyInstance}";
        return new Scenario
        {
            Id = "X05-hot-copy",
            Extra = true,
            Story = "One copy of several is slow; the average hides it.",
            Fleet = s.Fleet(),
            OnsetMinute = t,
            EndMinute = t + 25,
            LengthMinutes = t + 35,
            Truth = new Truth(
                ["hot-copy"],
                "copy",
                [copy, s.Main],
                ["latency", "generation_tokens_per_second", "concurrency", "kv_cache_usage", "queue_depth"],
                ["warn", "page"],
                1),
            Effects = [Effects.Copy(s.Main, s.FaultyInstance, t, t + 25, c => c.Speed *= 0.3 / s.Dose)],
        };
    }

    private static Scenario ClockThrottle(int variant, ulong seed)
    {
        Stage s = new(seed, variant);
        double t = s.Onset;
        return new Scenario
        {
            Id = "X08-clock-throttle",
            Extra = true,
            Story = "Cooling fails: one GPU grows hot and lowers its clock, and the whole group waits for it.",
            Fleet = s.Fleet(),
            OnsetMinute = t,
            EndMinute = t + 25,
            LengthMinutes = t + 35,
            Truth = new Truth(["hardware-fault"], "gpu", [s.Gpu], ["gpu_clock_throttle", "gpu_clock", "gpu_temperature"], ["page"], 1),
            Effects =
            [
                Effects.Gpu(s.Gpu, t, t + 25, 3, (g, dose) =>
                {
                    g.ExtraC = 34 * dose;
                    if (dose > 0.5)
                    {
                        g.ClockShare = 0.42 / s.Dose;
                        g.Speed = 0.42 / s.Dose;
                        g.ThrottledNanoseconds += 0.9 * FleetModel.StepSeconds * 1e9;
                    }
                }),
            ],
        };
    }

    private static Scenario RestartLoop(int variant, ulong seed)
    {
        Stage s = new(seed, variant);
        double t = s.Onset;
        List<double> restarts = [.. Enumerable.Range(0, 8).Select(i => t + (2.5 * i))];
        return new Scenario
        {
            Id = "X15-restart-loop",
            Extra = true,
            Story = "The container dies some minutes after each start; what is inside fails, and half a minute passes until it serves again.",
            Fleet = s.Fleet(),
            OnsetMinute = t,
            EndMinute = t + 20,
            LengthMinutes = t + 30,
            Truth = new Truth(["restart-loop"], "component", [s.Main], ["restarts"], ["page"], 1),
            Effects = [.. restarts.SelectMany(m => s.Instances.Select((_, i) => Effects.Copy(s.Main, i, m, m + 0.5, c => c.Down = true)))],
            Happenings = [.. restarts.Select(m => Effects.Restart(s.Main, m))],
        };
    }
}
