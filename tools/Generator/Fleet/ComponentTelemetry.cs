using Grainwatch.Generator.Engine;
using Grainwatch.Signals;
using Grainwatch.Signals.Replay;

namespace Grainwatch.Generator.Fleet;

/// <summary>Writes what one component's sources would send of an interval, under their names and in their units.</summary>
public sealed class ComponentTelemetry(ComponentModel component, Dice dice)
{
    private readonly List<MetricRow> _rows = [];
    private double _promptTotal = dice.Below(5_000_000);
    private double _generationTotal = dice.Below(2_000_000);
    private double _preemptionTotal = dice.Below(40);

    /// <summary>Running totals begin again at 0, as they do when a process starts.</summary>
    public void ResetTotals() => _promptTotal = _generationTotal = _preemptionTotal = 0;

    public IReadOnlyList<MetricRow> Rows(Timestamp time, double seconds)
    {
        _rows.Clear();
        List<EngineInterval> parts = [.. component.Copies.Select(c => c.Engine.Interval)];
        List<FinishedRequest> finished = [.. parts.SelectMany(p => p.Finished)];
        Add(time, "Invocations", parts.Sum(p => p.Arrived));
        Add(time, "Invocation5XXErrors", parts.Sum(p => p.Failed));
        Add(time, "ConcurrentRequestsPerModel", component.Copies.Sum(c => c.InFlight));
        AddLatencies(time, finished);
        AddEngine(time, parts);
        AddSpeeds(time, seconds, parts);
        AddTokens(time, parts, finished);
        if (component.Copies.Count > 1)
        {
            component.Copies.ToList().ForEach(c => AddCopy(time, seconds, c));
        }

        return _rows;
    }

    private void Add(Timestamp time, string metric, double value, string? entity = null) =>
        _rows.Add(new MetricRow(time, entity ?? component.Entity, metric, value));

    private void AddLatencies(Timestamp time, List<FinishedRequest> finished)
    {
        if (finished.Count == 0)
        {
            return;
        }

        double[] microseconds = [.. finished.Select(f => Math.Round(f.LatencySeconds * 1e6)).Order()];
        Add(time, "ModelLatency", Math.Round(microseconds.Average()));
        Add(time, "ModelLatency.p50", Percentile(microseconds, 0.50));
        Add(time, "ModelLatency.p90", Percentile(microseconds, 0.90));
        Add(time, "ModelLatency.p99", Percentile(microseconds, 0.99));
    }

    private void AddEngine(Timestamp time, List<EngineInterval> parts)
    {
        int running = component.Copies.Sum(c => c.Engine.Running);
        int waiting = component.Copies.Sum(c => c.Engine.Waiting);
        int preempted = parts.Sum(p => p.Preempted);
        double kv = component.Copies.Average(c => c.Engine.KvUsage);
        _generationTotal += Math.Round(parts.Sum(p => p.GeneratedTokens));
        _promptTotal += Math.Round(parts.Sum(p => p.PrefillTokens));
        _preemptionTotal += preempted;
        switch (component.Spec.Dialect)
        {
            case MetricDialect.Vllm:
                Add(time, "vllm:num_requests_running", running);
                Add(time, "vllm:num_requests_waiting", waiting);
                Add(time, "vllm:kv_cache_usage_perc", Math.Round(kv, 4));
                Add(time, "vllm:num_preemptions_total", _preemptionTotal);
                Add(time, "vllm:prompt_tokens_total", _promptTotal);
                Add(time, "vllm:generation_tokens_total", _generationTotal);
                break;
            case MetricDialect.Sglang:
                Add(time, "sglang:num_running_reqs", running);
                Add(time, "sglang:num_queue_reqs", waiting);
                Add(time, "sglang:token_usage", Math.Round(kv, 2));
                Add(time, "sglang:num_retracted_reqs", preempted);
                Add(time, "sglang:generation_tokens_total", _generationTotal);
                break;
            default:
                Add(time, "NumRequestsRunning", running);
                Add(time, "NumRequestsWaiting", waiting);
                Add(time, "KVCacheUtilization", Math.Round(100 * kv, 1));
                Add(time, "Preemptions", preempted);
                break;
        }
    }

    private void AddSpeeds(Timestamp time, double seconds, List<EngineInterval> parts)
    {
        Add(time, "GenerationTokensPerSecond", Math.Round(parts.Sum(p => p.GeneratedTokens) / seconds, 1));
        Add(time, "PromptTokensPerSecond", Math.Round(parts.Sum(p => p.PrefillTokens) / seconds, 1));
        double[] firstMs = [.. parts.SelectMany(p => p.FirstTokenSeconds).Select(s => Math.Round(s * 1e3, 1)).Order()];
        if (firstMs.Length > 0)
        {
            Add(time, "TimeToFirstToken", Math.Round(firstMs.Average(), 1));
            Add(time, "TimeToFirstToken.p99", Percentile(firstMs, 0.99));
        }
    }

    private void AddTokens(Timestamp time, List<EngineInterval> parts, List<FinishedRequest> finished)
    {
        int arrived = parts.Sum(p => p.Arrived);
        if (arrived > 0)
        {
            Add(time, "InputTokensPerRequest", Math.Round(parts.Sum(p => p.PromptTokensOfArrivals) / arrived, 1));
        }

        if (finished.Count > 0)
        {
            double[] gapsMs = [.. finished.Select(f => Math.Round(f.InterTokenSeconds * 1e3, 2)).Order()];
            Add(time, "OutputTokensPerRequest", Math.Round(finished.Average(f => f.Request.OutputTokens), 1));
            Add(time, "InterTokenLatency", Math.Round(gapsMs.Average(), 2));
            Add(time, "InterTokenLatency.p99", Percentile(gapsMs, 0.99));
        }
    }

    private void AddCopy(Timestamp time, double seconds, CopyModel copy)
    {
        EngineInterval interval = copy.Engine.Interval;
        Add(time, "InvocationsPerCopy", interval.Arrived, copy.EntityKey);
        Add(time, "ConcurrentRequestsPerCopy", copy.InFlight, copy.EntityKey);
        Add(time, "Invocation5XXErrors", interval.Failed, copy.EntityKey);
        Add(time, "KVCacheUtilization", Math.Round(100 * copy.Engine.KvUsage, 1), copy.EntityKey);
        Add(time, "NumRequestsWaiting", copy.Engine.Waiting, copy.EntityKey);
        Add(time, "GenerationTokensPerSecond", Math.Round(interval.GeneratedTokens / seconds, 1), copy.EntityKey);
        if (interval.Finished.Count > 0)
        {
            Add(time, "ModelLatency", Math.Round(interval.Finished.Average(f => f.LatencySeconds) * 1e6), copy.EntityKey);
        }
    }

    private static double Percentile(double[] sorted, double p) => sorted[(int)Math.Ceiling(p * sorted.Length) - 1];
}
