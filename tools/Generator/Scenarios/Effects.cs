using Grainwatch.Generator.Engine;
using Grainwatch.Generator.Fleet;
using Scores = System.Collections.Generic.IReadOnlyDictionary<string, double>;

namespace Grainwatch.Generator.Scenarios;

/// <summary>The vocabulary in which scenarios are written. All times are minutes from the start.</summary>
public static class Effects
{
    public static Effect Arrivals(string component, double from, double to, double ramp, double factor) =>
        Traffic(component, from, to, ramp, (t, dose) => t.ArrivalFactor *= 1 + ((factor - 1) * dose));

    public static Effect Prompts(string component, double from, double to, double ramp, double factor) =>
        Traffic(component, from, to, ramp, (t, dose) => t.PromptFactor *= 1 + ((factor - 1) * dose));

    public static Effect Clients(string component, double from, double to, int clients) =>
        Traffic(component, from, to, 0, (t, _) => t.Clients = clients);

    /// <summary>Answers do not find their end, and read as <paramref name="scores"/> say.</summary>
    public static Effect Endless(string component, double from, double to, double ramp, double share, Scores scores) =>
        Traffic(component, from, to, ramp, (t, dose) =>
        {
            t.EndlessShare = share * dose;
            t.DamageScores = scores;
        });

    public static Effect DamageUnderPressure(string component, double share, Scores scores) =>
        Traffic(component, 0, double.MaxValue, 0, (t, _) =>
        {
            t.DamagedShareUnderPressure = share;
            t.DamageScores = scores;
        });

    public static Effect Score(string component, double from, double to, double ramp, string dimension, double shift) =>
        Traffic(component, from, to, ramp, (t, dose) =>
            t.ScoreShift[dimension] = t.ScoreShift.GetValueOrDefault(dimension) + (shift * dose));

    public static Effect UnknownScores(string component, double from, double to, double share) =>
        Traffic(component, from, to, 0, (t, _) => t.UnknownShare = share);

    /// <summary>Blocks of the KV pool are lost.</summary>
    public static Effect KvLeak(string component, double from, double to, double ramp, double share) =>
        Engines(component, from, to, ramp, (c, dose) => c.LeakedPool = share * dose);

    public static Effect Speed(string component, double from, double to, double ramp, double factor) =>
        Engines(component, from, to, ramp, (c, dose) => c.Speed *= 1 + ((factor - 1) * dose));

    public static Effect Stall(string component, double from, double to) =>
        Engines(component, from, to, 0, (c, _) => c.Stalled = true);

    public static Effect Failures(string component, double from, double to, double ramp, double share) =>
        Engines(component, from, to, ramp, (c, dose) => c.FailShare = share * dose);

    public static Effect Copy(string component, int copy, double from, double to, Action<EngineConditions> apply) =>
        new(from, to, 0, (fleet, _, _) => apply(fleet.Component(component).Copies[copy].Engine.Conditions));

    public static Effect Gpu(string gpu, double from, double to, double ramp, Action<GpuModel, double> apply) =>
        new(from, to, ramp, (fleet, dose, _) => apply(fleet.Gpu(gpu), dose));

    /// <summary>Acts in spells: on for <paramref name="on"/> minutes, off for <paramref name="off"/>, and so on.</summary>
    public static Effect GpuSpells(
        IReadOnlyList<string> gpus, double from, double to, double on, double off, Action<GpuModel, int> apply) =>
        new(from, to, 0, (fleet, _, since) =>
        {
            if (since % (on + off) < on)
            {
                for (int i = 0; i < gpus.Count; i++)
                {
                    apply(fleet.Gpu(gpus[i]), i);
                }
            }
        });

    public static Effect Instance(string instance, double from, double to, double ramp, Action<InstanceModel, double> apply) =>
        new(from, to, ramp, (fleet, dose, _) => apply(fleet.Instance(instance), dose));

    /// <summary>A change event of the component.</summary>
    public static Happening Event(string component, double minute, string metric) =>
        new(minute, fleet => fleet.Component(component).Events.Add((metric, 1)));

    public static Happening Restart(string component, double minute) => new(minute, fleet =>
    {
        ComponentModel model = fleet.Component(component);
        model.Events.Add(("RestartEvent", 1));
        model.Copies.ToList().ForEach(c => c.Engine.Restart());
    });

    /// <summary>A few very long requests take a share of the pool and keep it.</summary>
    public static Happening LongRequest(string component, double minute, double shareOfPool) => new(minute, fleet =>
    {
        foreach (CopyModel copy in fleet.Component(component).Copies)
        {
            int tokens = (int)(copy.Engine.Settings.PoolTokens * shareOfPool);
            copy.Engine.Pin(new EngineRequest(minute * 60, tokens, int.MaxValue) { Pinned = true });
        }
    });

    private static Effect Traffic(
        string component, double from, double to, double ramp, Action<TrafficConditions, double> apply) =>
        new(from, to, ramp, (fleet, dose, _) => apply(fleet.Component(component).Traffic, dose));

    private static Effect Engines(
        string component, double from, double to, double ramp, Action<EngineConditions, double> apply) =>
        new(from, to, ramp, (fleet, dose, _) =>
            fleet.Component(component).Copies.ToList().ForEach(c => apply(c.Engine.Conditions, dose)));
}
