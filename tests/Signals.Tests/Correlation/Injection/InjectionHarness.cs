using System.Globalization;
using System.Text;
using Grainwatch.Signals.Correlation;
using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Topology;
using Grainwatch.Signals.Windows;

namespace Grainwatch.Signals.Tests.Correlation.Injection;

/// <summary>
/// Injects a delay or errors at one service of a recording's normal rows and asks who did it. The recordings of the
/// development data share one root cause; this asks the same question of every other service.
/// </summary>
/// <remarks>
/// A delay d at a service adds d to its latency, and to a caller's latency d times the calls that it makes per request,
/// which is the callee's requests over the requests of all its callers, both as observed in that bucket; so on up to the
/// target. Errors spread likewise, as shares of failed requests. Each service gets its own amount of noise (20 %), each
/// bucket another factor (.5 to 1.5), and 5 % of all points in the incident are dropped. The dose is set by what the target
/// is to show: <see cref="TargetSpreads"/> of its own spread, or the dose that the service can bear at most.
/// </remarks>
internal sealed class InjectionHarness(string scenario)
{
    public static readonly double[] TargetSpreads = [4, 8, 16];

    private const double MaxDelaySeconds = 60;
    private const double MaxErrorShare = 0.9;
    private const int IncidentBuckets = 3;
    private const int HistoryBuckets = 400;
    private const double DropShare = 0.05;

    private readonly TopologyMap _topology = RootCauseData.Topology(scenario);
    private readonly IReadOnlyList<SeriesData> _normal = RootCauseData.Normal(scenario);
    private readonly EntityId _target = EntityId.ForNode("PetSite");

    public sealed record Trial(string Scenario, EntityId Service, string Symptom, double Spreads, bool First, bool AmongThree, string Got);

    /// <summary>Every service that can be reached from the target, has requests in the incident, and can bear the dose.</summary>
    public List<Trial> Run(int repeats, int seed)
    {
        List<Trial> trials = [];
        foreach (EntityId service in Reachable().Order())
        {
            foreach (string symptom in new[] { "latency.average", "availability" })
            {
                foreach (double spreads in TargetSpreads)
                {
                    for (int repeat = 0; repeat < repeats; repeat++)
                    {
                        Random random = new(HashCode(service.Key, symptom, seed) ^ (repeat * 7919) ^ (int)(spreads * 104729));
                        Trial? trial = Try(service, symptom, spreads, random);
                        if (trial is not null)
                        {
                            trials.Add(trial);
                        }
                    }
                }
            }
        }

        return trials;
    }

    /// <summary>The share of buckets of undisturbed operation in which the target is called anomalous.</summary>
    public (int Alarms, int Asked) Undisturbed(string symptom, int stride)
    {
        long[] times = Times();
        int alarms = 0;
        int asked = 0;
        for (int i = HistoryBuckets; i + IncidentBuckets + 3 < times.Length; i += stride)
        {
            asked++;
            alarms += Ask(Cut(times[i - HistoryBuckets], times[i + IncidentBuckets + 2]), symptom, times[i + 1]) is null ? 0 : 1;
        }

        return (alarms, asked);
    }

    /// <summary>A table for people: overall, per symptom and dose, and the worst services.</summary>
    public static string Report(IReadOnlyList<Trial> trials)
    {
        StringBuilder text = new();
        text.AppendLine(CultureInfo.InvariantCulture, $"all: n {trials.Count}, top-1 {Share(trials, t => t.First):0.000}, top-3 {Share(trials, t => t.AmongThree):0.000}");
        foreach (IGrouping<(string, string, double), Trial> group in trials.GroupBy(t => (t.Scenario, t.Symptom, t.Spreads)).OrderBy(g => g.Key))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{group.Key.Item1} {group.Key.Item2} {group.Key.Item3:0} spreads: n {group.Count()}, top-1 {Share([.. group], t => t.First):0.000}, top-3 {Share([.. group], t => t.AmongThree):0.000}");
        }

        foreach (IGrouping<EntityId, Trial> group in trials.GroupBy(t => t.Service).OrderBy(g => Share([.. g], t => t.First)).ThenBy(g => g.Key))
        {
            string instead = string.Join(", ", group.Where(t => !t.First).GroupBy(t => t.Got).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).Take(2).Select(g => $"{g.Key} {g.Count()}"));
            text.AppendLine(CultureInfo.InvariantCulture, $"  {group.Key}: n {group.Count()}, top-1 {Share([.. group], t => t.First):0.000}, top-3 {Share([.. group], t => t.AmongThree):0.000}{(instead.Length > 0 ? $", instead {instead}" : "")}");
        }

        return text.ToString();
    }

    private static double Share(IReadOnlyCollection<Trial> trials, Func<Trial, bool> is_) => trials.Count == 0 ? 0 : (double)trials.Count(is_) / trials.Count;

    private Trial? Try(EntityId service, string symptom, double spreads, Random random)
    {
        long[] times = Times();
        int begin = HistoryBuckets + random.Next(times.Length - HistoryBuckets - IncidentBuckets - 3);
        List<SeriesData> series = Cut(times[begin - HistoryBuckets], times[begin + IncidentBuckets + 2]);
        Dictionary<(EntityId, string), SeriesData> by = series.ToDictionary(s => (s.Key.Entity, s.Key.Metric.Text));
        if (!by.TryGetValue((_target, symptom), out SeriesData? target) || !by.TryGetValue((service, symptom), out SeriesData? own))
        {
            return null;
        }

        Dictionary<EntityId, double> perRequest = Propagate(by, service, times.AsSpan(begin, IncidentBuckets).ToArray());
        double spread = Spread(target, times[begin], symptom);
        if (!perRequest.TryGetValue(_target, out double ratio) || ratio <= 0)
        {
            return null;
        }

        double dose = spreads * spread / ratio;
        double most = symptom == "availability" ? MaxErrorShare : MaxDelaySeconds;
        if (dose > most || Array.FindIndex(own.TimesUnixMs, t => t >= times[begin] && t < times[begin + IncidentBuckets]) < 0)
        {
            return null;
        }

        Apply(by, perRequest, dose, symptom, times.AsSpan(begin, IncidentBuckets).ToArray(), random);
        List<SeriesData> gappy = [.. series.Select(s => s.Key.Entity == _target ? s : Drop(s, times[begin], random))];
        Diagnosis? diagnosis = Ask(gappy, symptom, times[begin] + 120_000);
        List<EntityId> causes = [.. diagnosis?.Causes.Select(c => c.Entity) ?? []];
        return new Trial(scenario, service, symptom, spreads, causes.Count > 0 && causes[0] == service, causes.Take(3).Contains(service), causes.Count == 0 ? "nothing" : causes[0].ToString());
    }

    private Diagnosis? Ask(IReadOnlyList<SeriesData> series, string symptom, long atMs) => Correlator.Diagnose(new DiagnosisRequest(
        _topology, series, _target, MetricCatalogue.Default.Resolve(symptom).Metric, new Timestamp(atMs), [], 5, CorrelatorOptions.Default));

    /// <summary>What one unit at the service adds per request at each of its direct and indirect callers.</summary>
    private Dictionary<EntityId, double> Propagate(Dictionary<(EntityId, string), SeriesData> by, EntityId service, long[] buckets)
    {
        Dictionary<EntityId, double> added = new() { [service] = 1 };
        Queue<EntityId> queue = new([service]);
        while (queue.TryDequeue(out EntityId? callee))
        {
            double calls = Requests(by, callee, buckets);
            double all = _topology.Callers(callee).Sum(c => Requests(by, c, buckets));
            foreach (EntityId caller in _topology.Callers(callee).Where(c => all > 0 && !added.ContainsKey(c)))
            {
                added[caller] = added[callee] * Math.Min(calls / all, 20);
                queue.Enqueue(caller);
            }
        }

        return added;
    }

    private static void Apply(
        Dictionary<(EntityId, string), SeriesData> by, Dictionary<EntityId, double> perRequest, double dose, string symptom, long[] buckets, Random random)
    {
        double[] factors = [.. buckets.Select(_ => 0.5 + random.NextDouble())];
        foreach ((EntityId entity, double share) in perRequest.OrderBy(p => p.Key))
        {
            if (!by.TryGetValue((entity, symptom), out SeriesData? data))
            {
                continue;
            }

            for (int b = 0; b < buckets.Length; b++)
            {
                int i = Array.BinarySearch(data.TimesUnixMs, buckets[b]);
                double amount = dose * share * factors[b] * (0.8 + 0.4 * random.NextDouble());
                if (i >= 0)
                {
                    data.Values[i] = symptom == "availability" ? Failed(data.Values[i], amount, RequestsAt(by, entity, buckets[b]), random) : data.Values[i] + amount;
                }
            }
        }
    }

    /// <summary>Errors are whole requests: a binomial draw (by its normal approximation where it is large).</summary>
    private static double Failed(double availability, double share, double requests, Random random)
    {
        if (requests <= 0)
        {
            return availability;
        }

        double p = Math.Clamp(share, 0, 1);
        int failed = 0;
        for (int r = 0; r < requests; r++)
        {
            failed += random.NextDouble() < p ? 1 : 0;
        }

        return Math.Max(0, availability - 100.0 * failed / requests);
    }

    private static SeriesData Drop(SeriesData series, long fromMs, Random random)
    {
        bool[] keep = [.. series.TimesUnixMs.Select(t => t < fromMs || random.NextDouble() >= DropShare)];
        return new SeriesData(series.Key, [.. series.TimesUnixMs.Where((_, i) => keep[i])], [.. series.Values.Where((_, i) => keep[i])]);
    }

    private static double Spread(SeriesData series, long beforeMs, string symptom)
    {
        double[] sorted = [.. series.Values.Where((_, i) => series.TimesUnixMs[i] < beforeMs).Order()];
        double spread = (sorted[(int)(sorted.Length * 0.9)] - sorted[(int)(sorted.Length * 0.1)]) / 2.56;
        return symptom == "availability" ? Math.Max(spread, 0.2) / 100 : spread;
    }

    private static double Requests(Dictionary<(EntityId, string), SeriesData> by, EntityId entity, long[] buckets) =>
        buckets.Sum(b => RequestsAt(by, entity, b)) / buckets.Length;

    private static double RequestsAt(Dictionary<(EntityId, string), SeriesData> by, EntityId entity, long bucket)
    {
        if (!by.TryGetValue((entity, "requests"), out SeriesData? requests))
        {
            return 0;
        }

        int i = Array.BinarySearch(requests.TimesUnixMs, bucket);
        return i < 0 ? 0 : requests.Values[i];
    }

    private HashSet<EntityId> Reachable()
    {
        HashSet<EntityId> reached = [_target];
        Queue<EntityId> queue = new([_target]);
        while (queue.TryDequeue(out EntityId? next))
        {
            foreach (EntityId callee in _topology.Callees(next).Where(reached.Add))
            {
                queue.Enqueue(callee);
            }
        }

        return reached;
    }

    private long[] Times() => [.. _normal.SelectMany(s => s.TimesUnixMs).Distinct().Order()];

    private List<SeriesData> Cut(long from, long to) => [.. _normal.Select(s =>
    {
        int a = Array.FindIndex(s.TimesUnixMs, t => t >= from);
        int b = Array.FindLastIndex(s.TimesUnixMs, t => t <= to);
        return a < 0 || b < a ? new SeriesData(s.Key, [], []) : new SeriesData(s.Key, s.TimesUnixMs[a..(b + 1)], s.Values[a..(b + 1)]);
    }).Where(s => s.Count > 0)];

    private static int HashCode(string a, string b, int seed)
    {
        uint hash = 2166136261 ^ (uint)seed;
        foreach (char c in a + "\n" + b)
        {
            hash = (hash ^ c) * 16777619;
        }

        return (int)(hash & 0x7fffffff);
    }
}
