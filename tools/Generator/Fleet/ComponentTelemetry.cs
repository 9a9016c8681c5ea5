using Grainwatch.Generator.Engine;
using Grainwatch.Signals;
using Grainwatch.Signals.Replay;

namespace Grainwatch.Generator.Fleet;

/// <summary>Writes what one component's sources would send of an interval, under their names and in their units.</summary>
public sealed class ComponentTelemetry(ComponentModel component, Dice dice)
{
    private double _promptTotal = dice.Below(5_000_000);
    private double _generationTotal = dice.Below(2_000_000);
    private double _preemptionTotal = dice.Below(40);

    /// <summary>A running total begins again at 0.</summary>
    public void ResetTotals() => _promptTotal = _generationTotal = _preemptionTotal = 0;

    public IEnumerable<MetricRow> Rows(Timestamp time, double seconds)
    {
        List<EngineInterval> parts = [.. component.Copies.Select(c => c.Engine.Interval)];
        List<FinishedRequest> finished = [.. parts.SelectMany(p => p.Finished)];
        List<MetricRow> rows = [];
        Add("Invocations", parts.Sum(p => p.Arrived));
        Add("Invocation5XXErrors", parts.Sum(p => p.Failed));
        Add("ConcurrentRequestsPerModel", component.Copies.Sum(c => c.InFlight));
        AddLatencies(finished);
        switch (component.Spec.Dialect)
        {
            case MetricDialect.Vllm:
                AddVllm(parts);
                break;
            case MetricDialect.EngineLog:
                AddEngineLog(parts);
                break;
            default:
                AddSglang(parts);
                break;
        }

        AddSpeeds(parts, finished);
        if (component.Copies.Count > 1)
        {
            AddCopies();
        }

        return rows;

        void Add(string metric, double value, string? entity = null) => rows.Add(new MetricRow(time, entity ?? component.Entity, metric, value));

        void AddLatencies(List<FinishedRequest> answers)
        {
            if (answers.Count == 0)
            {
                return;
            }

            double[] microseconds = [.. answers.Select(f => Math.Round(f.LatencySeconds * 1e6)).Order()];
            Add("ModelLatency", Math.Round(microseconds.Average()));
            Add("ModelLatency.p50", Percentile(microseconds, 0.50));
            Add("ModelLatency.p90", Percentile(microseconds, 0.90));
            Add("ModelLatency.p99", Percentile(microseconds, 0.99));
        }

        void AddVllm(List<EngineInterval> intervals)
        {
            Add("vllm:num_requests_running", component.Copies.Sum(c => c.Engine.Running));
            Add("vllm:num_requests_waiting", component.Copies.Sum(c => c.Engine.Waiting));
            Add("vllm:kv_cache_usage_perc", Math.Round(component.Copies.Average(c => c.Engine.KvUsage), 4));
            Add("vllm:num_preemptions_total", _preemptionTotal += intervals.Sum(p => p.Preempted));
            Add("vllm:prompt_tokens_total", _promptTotal += Math.Round(intervals.Sum(p => p.PrefillTokens)));
            Add("vllm:generation_tokens_total", _generationTotal += Math.Round(intervals.Sum(p => p.GeneratedTokens)));
        }

        void AddEngineLog(List<EngineInterval> intervals)
        {
            Add("NumRequestsRunning", component.Copies.Sum(c => c.Engine.Running));
            Add("NumRequestsWaiting", component.Copies.Sum(c => c.Engine.Waiting));
            Add("KVCacheUtilization", Math.Round(100 * component.Copies.Average(c => c.Engine.KvUsage), 1));
            Add("Preemptions", intervals.Sum(p => p.Preempted));
        }

        void AddSglang(List<EngineInterval> intervals)
        {
            Add("sglang:num_running_reqs", component.Copies.Sum(c => c.Engine.Running));
            Add("sglang:num_queue_reqs", component.Copies.Sum(c => c.Engine.Waiting));
            Add("sglang:token_usage", Math.Round(component.Copies.Average(c => c.Engine.KvUsage), 2));
            Add("sglang:num_retracted_reqs", intervals.Sum(p => p.Preempted));
            Add("sglang:generation_tokens_total", _generationTotal += Math.Round(intervals.Sum(p => p.GeneratedTokens)));
        }

        void AddSpeeds(List<EngineInterval> intervals, List<FinishedRequest> answers)
        {
            Add("GenerationTokensPerSecond", Math.Round(intervals.Sum(p => p.GeneratedTokens) / seconds, 1));
            Add("PromptTokensPerSecond", Math.Round(intervals.Sum(p => p.PrefillTokens) / seconds, 1));
            double[] firstMs = [.. intervals.SelectMany(p => p.FirstTokenSeconds).Select(s => Math.Round(s * 1e3, 1)).Order()];
            if (firstMs.Length > 0)
            {
                Add("TimeToFirstToken", Math.Round(firstMs.Average(), 1));
                Add("TimeToFirstToken.p99", Percentile(firstMs, 0.99));
            }

            int arrived = intervals.Sum(p => p.Arrived);
            if (arrived > 0)
            {
                Add("InputTokensPerRequest", Math.Round(intervals.Sum(p => p.PromptTokensOfArrivals) / arrived, 1));
            }

            if (answers.Count > 0)
            {
                Add("OutputTokensPerRequest", Math.Round(answers.Average(f => f.Request.OutputTokens), 1));
                double[] gapsMs = [.. answers.Select(f => Math.Round(f.InterTokenSeconds * 1e3, 2)).Order()];
                Add("InterTokenLatency", Math.Round(gapsMs.Average(), 2));
                Add("InterTokenLatency.p99", Percentile(gapsMs, 0.99));
            }
        }

        void AddCopies()
        {
            foreach (CopyModel copy in component.Copies)
            {
                EngineInterval interval = copy.Engine.Interval;
                Add("InvocationsPerCopy", interval.Arrived, copy.EntityKey);
                Add("ConcurrentRequestsPerCopy", copy.InFlight, copy.EntityKey);
                Add("Invocation5XXErrors", interval.Failed, copy.EntityKey);
                Add("KVCacheUtilization", Math.Round(100 * copy.Engine.KvUsage, 1), copy.EntityKey);
                Add("NumRequestsWaiting", copy.Engine.Waiting, copy.EntityKey);
                Add("GenerationTokensPerSecond", Math.Round(interval.GeneratedTokens / seconds, 1), copy.EntityKey);
                if (interval.Finished.Count > 0)
                {
                    Add("ModelLatency", Math.Round(interval.Finished.Average(f => f.LatencySeconds) * 1e6), copy.EntityKey);
                }
            }
        }
    }

    private static double Percentile(double[] sorted, double p) => sorted[(int)Math.Ceiling(p * sorted.Length) - 1];
}
