using static Grainwatch.Signals.Metrics.AliasTemporality;
using static Grainwatch.Signals.Metrics.MetricDirection;
using static Grainwatch.Signals.Metrics.MetricKind;
using static Grainwatch.Signals.Metrics.MetricUnit;
using static Grainwatch.Signals.Metrics.MissingPolicy;

namespace Grainwatch.Signals.Metrics;

// Names at the sources: SageMaker's monitoring pages (classic and enhanced metrics, detailed observability), vLLM
// docs/design/metrics.md (V1, and the names of V0 that are still met), SGLang docs/references/production_metrics.md,
// TGI's router, DCGM exporter etc/default-counters.csv. "engine" are the names of SageMaker's container logs.
public sealed partial class MetricCatalogue
{
    private const double Micro = 1e-6;
    private const double Nano = 1e-9;
    private const double Milli = 1e-3;
    private const double Percent = 1e-2;
    private const double MebiBytes = 1024.0 * 1024.0;

    // Properties, because nothing orders the static fields of two files.
    private static string[] Vllm => ["model_name", "engine"];

    private static string[] Sglang => ["model_name", "engine_type", "dp_rank", "pp_rank", "tp_rank"];

    private static MetricDefinition[] Entries =>
    [
        // Traffic
        new("requests", MetricUnit.Count, Counter, Neutral, Hold, "Requests that arrived",
            Alias("Invocations", "cloudwatch"), Alias("invocations", "grainwatch"),
            Alias("vllm:request_success_total", "vllm", 1, Cumulative, ["finished_reason", .. Vllm]),
            Alias("sglang:num_requests_total", "sglang", 1, Cumulative, Sglang),
            Alias("tgi_request_count", "tgi", 1, Cumulative)),
        new("requests_per_copy", MetricUnit.Count, Counter, Neutral, Hold, "Requests that arrived, divided by the copies", Alias("InvocationsPerCopy", "cloudwatch")),
        new("requests_per_instance", MetricUnit.Count, Counter, Neutral, Hold, "Requests that arrived, divided by the instances", Alias("InvocationsPerInstance", "cloudwatch")),
        new("concurrency", MetricUnit.Count, Gauge, Neutral, Hold, "Requests inside, queued ones included",
            Alias("ConcurrentRequestsPerModel", "cloudwatch")),
        new("concurrency_per_copy", MetricUnit.Count, Gauge, Neutral, Hold, "Requests inside, divided by the copies", Alias("ConcurrentRequestsPerCopy", "cloudwatch")),
        new("errors_5xx", MetricUnit.Count, Counter, HigherIsWorse, Clear, "Requests answered with 5xx",
            Alias("Invocation5XXErrors", "cloudwatch"), Alias("Response_5XX_total", "cloudwatch", 1, Cumulative)),
        new("errors_4xx", MetricUnit.Count, Counter, Neutral, Clear, "Requests answered with 4xx",
            Alias("Invocation4XXErrors", "cloudwatch")),
        new("errors_model", MetricUnit.Count, Counter, HigherIsWorse, Clear, "Requests that the model's container failed",
            Alias("InvocationModelErrors", "cloudwatch"), Alias("ModelError", "cloudwatch"),
            Alias("tgi_request_failure", "tgi", 1, Cumulative, "err")),
        new("errors_mid_stream", MetricUnit.Count, Counter, HigherIsWorse, Clear, "Streams that broke after their first chunk", Alias("MidStreamErrors", "cloudwatch")),
        new("availability", Ratio, Gauge, LowerIsWorse, Hold, "Share of requests that succeeded"),

        // Latency
        new("latency", Seconds, Gauge, HigherIsWorse, Hold, "Time from request to last byte",
            Alias("ModelLatency", "cloudwatch", Micro), Alias("latency_ms", "grainwatch", Milli)),
        new("overhead_latency", Seconds, Gauge, HigherIsWorse, Hold, "Time that the platform adds around the container",
            Alias("OverheadLatency", "cloudwatch", Micro)),
        new("request_latency", Seconds, Histogram, HigherIsWorse, Hold, "Time from request to last token, seen by the engine",
            Alias("vllm:e2e_request_latency_seconds", "vllm", 1, Cumulative, Vllm),
            Alias("sglang:e2e_request_latency_seconds", "sglang", 1, Cumulative, "model_name"),
            Alias("tgi_request_duration", "tgi", 1, Cumulative),
            Alias("gen_ai.server.request.duration", "otel", 1, Cumulative), Alias("gen_ai_server_request_duration_seconds", "otel", 1, Cumulative)),
        new("client_latency", Seconds, Histogram, HigherIsWorse, Hold, "Time from request to last token, seen by the client",
            Alias("gen_ai.client.operation.duration", "otel", 1, Cumulative), Alias("gen_ai_client_operation_duration_seconds", "otel", 1, Cumulative)),
        new("ttft", Seconds, Gauge, HigherIsWorse, Hold, "Time to the first token",
            Alias("TimeToFirstToken", "engine", Milli), Alias("FirstChunkLatency", "cloudwatch", Micro), Alias("TTFT", "cloudwatch", Milli)),
        new("ttft_histogram", Seconds, Histogram, HigherIsWorse, Hold, "Time to the first token, as a histogram",
            Alias("vllm:time_to_first_token_seconds", "vllm", 1, Cumulative, Vllm),
            Alias("sglang:time_to_first_token_seconds", "sglang", 1, Cumulative, Sglang),
            Alias("gen_ai.server.time_to_first_token", "otel", 1, Cumulative), Alias("gen_ai_server_time_to_first_token_seconds", "otel", 1, Cumulative)),
        new("inter_token_latency", Seconds, Gauge, HigherIsWorse, Hold, "Time from one output token to the next",
            Alias("InterTokenLatency", "engine", Milli), Alias("TimePerOutputToken", "engine", Milli)),
        new("inter_token_latency_histogram", Seconds, Histogram, HigherIsWorse, Hold, "Time from one output token to the next, as a histogram",
            Alias("vllm:inter_token_latency_seconds", "vllm", 1, Cumulative, Vllm),
            Alias("vllm:time_per_output_token_seconds", "vllm", 1, Cumulative, Vllm),
            Alias("sglang:inter_token_latency_seconds", "sglang", 1, Cumulative, Sglang), Alias("sglang:time_per_output_token_seconds", "sglang", 1, Cumulative, Sglang),
            Alias("gen_ai.server.time_per_output_token", "otel", 1, Cumulative), Alias("gen_ai_server_time_per_output_token_seconds", "otel", 1, Cumulative),
            Alias("tgi_request_mean_time_per_token_duration", "tgi", 1, Cumulative)),
        new("queue_time", Seconds, Histogram, HigherIsWorse, Hold, "Time that a request waited for its batch",
            Alias("vllm:request_queue_time_seconds", "vllm", 1, Cumulative, Vllm),
            Alias("tgi_request_queue_duration", "tgi", 1, Cumulative)),
        new("prefill_time", Seconds, Histogram, HigherIsWorse, Hold, "Time that a request spent in prefill",
            Alias("vllm:request_prefill_time_seconds", "vllm", 1, Cumulative, Vllm)),
        new("decode_time", Seconds, Histogram, HigherIsWorse, Hold, "Time that a request spent in decode",
            Alias("vllm:request_decode_time_seconds", "vllm", 1, Cumulative, Vllm)),
        new("inference_time", Seconds, Histogram, HigherIsWorse, Hold, "Time that a request spent in the model",
            Alias("tgi_request_inference_duration", "tgi", 1, Cumulative), Alias("vllm:request_inference_time_seconds", "vllm", 1, Cumulative, Vllm)),
        new("backlog_time", Seconds, Gauge, HigherIsWorse, Hold, "Time that an asynchronous request waited", Alias("TimeInBacklog", "cloudwatch", Micro)),
        new("oldest_request_age", Seconds, Gauge, HigherIsWorse, Hold, "Age of the oldest asynchronous request", Alias("ApproximateAgeOfOldestRequest", "cloudwatch")),

        // Serving engine
        new("queue_depth", MetricUnit.Count, Gauge, HigherIsWorse, Hold, "Requests that wait for a place in the batch",
            Alias("vllm:num_requests_waiting", "vllm", 1, Delta, Vllm), Alias("NumRequestsWaiting", "engine"), Alias("QueueDepth", "cloudwatch"),
            Alias("sglang:num_queue_reqs", "sglang", 1, Delta, Sglang), Alias("tgi_queue_size", "tgi"),
            Alias("ApproximateBacklogSize", "cloudwatch")),
        new("requests_running", MetricUnit.Count, Gauge, Neutral, Hold, "Requests in the batch",
            Alias("vllm:num_requests_running", "vllm", 1, Delta, Vllm), Alias("NumRequestsRunning", "engine"), Alias("BatchSize", "cloudwatch"),
            Alias("sglang:num_running_reqs", "sglang", 1, Delta, Sglang), Alias("tgi_batch_current_size", "tgi")),
        new("kv_cache_usage", Ratio, Gauge, HigherIsWorse, Hold, "Share of the KV pool in use",
            Alias("vllm:kv_cache_usage_perc", "vllm", 1, Delta, Vllm), Alias("vllm:gpu_cache_usage_perc", "vllm", 1, Delta, Vllm),
            Alias("sglang:token_usage", "sglang", 1, Delta, Sglang), Alias("KVCacheUtilization", "engine", Percent)),
        new("preemptions", MetricUnit.Count, Counter, HigherIsWorse, Clear, "Requests thrown out of the batch to free KV blocks",
            Alias("vllm:num_preemptions_total", "vllm", 1, Cumulative, Vllm), Alias("Preemptions", "engine"),
            Alias("sglang:num_retracted_reqs", "sglang", 1, Delta, Sglang)),
        new("prompt_tokens", MetricUnit.Count, Counter, Neutral, Hold, "Tokens read",
            Alias("vllm:prompt_tokens_total", "vllm", 1, Cumulative, Vllm), Alias("sglang:prompt_tokens_total", "sglang", 1, Cumulative, Sglang)),
        new("generation_tokens", MetricUnit.Count, Counter, LowerIsWorse, Hold, "Tokens written",
            Alias("vllm:generation_tokens_total", "vllm", 1, Cumulative, Vllm), Alias("sglang:generation_tokens_total", "sglang", 1, Cumulative, Sglang)),
        new("prompt_tokens_per_second", PerSecond, Gauge, Neutral, Hold, "Tokens read a second",
            Alias("PromptTokensPerSecond", "engine"), Alias("InputTokensPerSecond", "cloudwatch")),
        new("generation_tokens_per_second", PerSecond, Gauge, LowerIsWorse, Hold, "Tokens written a second",
            Alias("GenerationTokensPerSecond", "engine"), Alias("OutputTokensPerSecond", "cloudwatch"), Alias("sglang:gen_throughput", "sglang", 1, Delta, Sglang)),
        new("output_tokens_per_answer", MetricUnit.Count, Gauge, HigherIsWorse, Hold, "Mean length of an answer in tokens",
            Alias("OutputTokensPerRequest", "engine")),
        new("prompt_tokens_per_request", MetricUnit.Count, Gauge, Neutral, Hold, "Mean length of a prompt in tokens",
            Alias("InputTokensPerRequest", "engine")),
        new("prompt_length", MetricUnit.Count, Histogram, Neutral, Hold, "Tokens of a prompt, as a histogram",
            Alias("vllm:request_prompt_tokens", "vllm", 1, Cumulative, Vllm), Alias("tgi_request_input_length", "tgi", 1, Cumulative)),
        new("answer_length", MetricUnit.Count, Histogram, Neutral, Hold, "Tokens of an answer, as a histogram",
            Alias("vllm:request_generation_tokens", "vllm", 1, Cumulative, Vllm), Alias("tgi_request_generated_tokens", "tgi", 1, Cumulative)),
        new("kv_tokens_used", MetricUnit.Count, Gauge, Neutral, Hold, "Tokens in the KV pool", Alias("sglang:num_used_tokens", "sglang", 1, Delta, Sglang)),
        new("prefix_cache_queries", MetricUnit.Count, Counter, Neutral, Hold, "Tokens looked up in the prefix cache",
            Alias("vllm:prefix_cache_queries_total", "vllm", 1, Cumulative, Vllm), Alias("vllm:prefix_cache_queries", "vllm", 1, Cumulative, Vllm),
            Alias("vllm:gpu_prefix_cache_queries_total", "vllm", 1, Cumulative, Vllm), Alias("vllm:gpu_prefix_cache_queries", "vllm", 1, Cumulative, Vllm)),
        new("prefix_cache_hits", MetricUnit.Count, Counter, Neutral, Hold, "Tokens found in the prefix cache",
            Alias("vllm:prefix_cache_hits_total", "vllm", 1, Cumulative, Vllm), Alias("vllm:prefix_cache_hits", "vllm", 1, Cumulative, Vllm),
            Alias("vllm:gpu_prefix_cache_hits_total", "vllm", 1, Cumulative, Vllm), Alias("vllm:gpu_prefix_cache_hits", "vllm", 1, Cumulative, Vllm)),
        new("cache_hit_rate", Ratio, Gauge, LowerIsWorse, Hold, "Share of prompt tokens found in the prefix cache",
            Alias("sglang:cache_hit_rate", "sglang", 1, Delta, Sglang)),

        // GPU
        new("gpu_utilization", Ratio, Gauge, Neutral, Ignore, "Share of time in which a kernel ran",
            Alias("GPUUtilization", "cloudwatch", Percent), Alias("GPUUtilizationNormalized", "cloudwatch", Percent), Alias("DCGM_FI_DEV_GPU_UTIL", "dcgm", Percent)),
        new("gpu_memory_usage", Ratio, Gauge, HigherIsWorse, Ignore, "Share of GPU memory in use",
            Alias("GPUMemoryUtilization", "cloudwatch", Percent), Alias("GPUMemoryUtilizationNormalized", "cloudwatch", Percent)),
        new("gpu_memory_used", MetricUnit.Bytes, Gauge, Neutral, Ignore, "GPU memory in use",
            Alias("DCGM_FI_DEV_FB_USED", "dcgm", MebiBytes)),
        new("gpu_memory_free", MetricUnit.Bytes, Gauge, LowerIsWorse, Ignore, "GPU memory that is free",
            Alias("DCGM_FI_DEV_FB_FREE", "dcgm", MebiBytes)),
        new("gpu_memory_bandwidth", Ratio, Gauge, Neutral, Ignore, "Share of time in which the memory controller was busy",
            Alias("DCGM_FI_DEV_MEM_COPY_UTIL", "dcgm", Percent)),
        new("gpu_memory_reserved", MetricUnit.Bytes, Gauge, Neutral, Ignore, "GPU memory that the driver keeps", Alias("DCGM_FI_DEV_FB_RESERVED", "dcgm", MebiBytes)),
        new("gpu_sm_activity", Ratio, Gauge, Neutral, Ignore, "Share of time in which a multiprocessor had work",
            Alias("DCGM_FI_PROF_SM_ACTIVE", "dcgm"), Alias("DCGM_FI_DEV_SM_ACTIVE", "dcgm")),
        new("gpu_engine_activity", Ratio, Gauge, Neutral, Ignore, "Share of time in which the compute engine was active", Alias("DCGM_FI_PROF_GR_ENGINE_ACTIVE", "dcgm")),
        new("gpu_tensor_activity", Ratio, Gauge, Neutral, Ignore, "Share of time in which the tensor cores were active", Alias("DCGM_FI_PROF_PIPE_TENSOR_ACTIVE", "dcgm")),
        new("gpu_dram_activity", Ratio, Gauge, Neutral, Ignore, "Share of time in which GPU memory moved data", Alias("DCGM_FI_PROF_DRAM_ACTIVE", "dcgm")),
        new("gpu_temperature", Celsius, Gauge, HigherIsWorse, Ignore, "Temperature of the chip", Alias("DCGM_FI_DEV_GPU_TEMP", "dcgm")),
        new("gpu_memory_temperature", Celsius, Gauge, HigherIsWorse, Ignore, "Temperature of the memory", Alias("DCGM_FI_DEV_MEMORY_TEMP", "dcgm")),
        new("gpu_power", Watts, Gauge, Neutral, Ignore, "Power drawn", Alias("DCGM_FI_DEV_POWER_USAGE", "dcgm")),
        new("gpu_clock", Hertz, Gauge, Neutral, Ignore, "Clock of the multiprocessors", Alias("DCGM_FI_DEV_SM_CLOCK", "dcgm", 1e6)),
        new("gpu_memory_clock", Hertz, Gauge, Neutral, Ignore, "Clock of the memory", Alias("DCGM_FI_DEV_MEM_CLOCK", "dcgm", 1e6)),

        // Older exporters comment these as microseconds; the field ids of DCGM say nanoseconds, and so they are.
        new("gpu_clock_throttle", Seconds, Counter, HigherIsWorse, Clear, "Time throttled for heat",
            Alias("DCGM_FI_DEV_THERMAL_VIOLATION", "dcgm", Nano, Cumulative)),
        new("gpu_power_throttle", Seconds, Counter, Neutral, Clear, "Time throttled at the power limit, where a busy GPU may well be",
            Alias("DCGM_FI_DEV_POWER_VIOLATION", "dcgm", Nano, Cumulative)),
        new("xid_errors", MetricUnit.None, Event, HigherIsWorse, Clear, "XID of the driver; the value is the code, 0 for none",
            Alias("DCGM_FI_DEV_XID_ERRORS", "dcgm"), Alias("XidErrors", "engine")),
        new("ecc_uncorrectable", MetricUnit.Count, Counter, HigherIsWorse, Clear, "Memory errors that ECC could not mend",
            Alias("DCGM_FI_DEV_ECC_DBE_VOL_TOTAL", "dcgm", 1, Cumulative), Alias("DCGM_FI_DEV_UNCORRECTABLE_REMAPPED_ROWS", "dcgm", 1, Cumulative)),
        new("ecc_correctable", MetricUnit.Count, Counter, Neutral, Clear, "Memory errors that ECC mended",
            Alias("DCGM_FI_DEV_CORRECTABLE_REMAPPED_ROWS", "dcgm", 1, Cumulative)),
        new("row_remap_failure", MetricUnit.None, Event, HigherIsWorse, Clear, "A broken row of GPU memory could not be replaced; 1 while it is so",
            Alias("DCGM_FI_DEV_ROW_REMAP_FAILURE", "dcgm")),
        new("pcie_replays", MetricUnit.Count, Counter, HigherIsWorse, Clear, "Transfers repeated on PCIe",
            Alias("DCGM_FI_DEV_PCIE_REPLAY_COUNTER", "dcgm", 1, Cumulative)),

        // Host
        new("cpu_utilization", Ratio, Gauge, HigherIsWorse, Hold, "Share of the processors in use",
            Alias("CPUUtilization", "cloudwatch", Percent), Alias("CPUUtilizationNormalized", "cloudwatch", Percent)),
        new("memory_usage", Ratio, Gauge, HigherIsWorse, Hold, "Share of host memory in use",
            Alias("MemoryUtilization", "cloudwatch", Percent), Alias("MemoryUtilizationNormalized", "cloudwatch", Percent)),
        new("disk_usage", Ratio, Gauge, HigherIsWorse, Hold, "Share of the disk in use", Alias("DiskUtilization", "cloudwatch", Percent)),
        new("cpu_time", Seconds, Counter, Neutral, Hold, "Processor time by mode; all processors together",
            Alias("node_cpu_seconds_total", "node", 1, Cumulative, "cpu")),
        new("memory_available", MetricUnit.Bytes, Gauge, LowerIsWorse, Hold, "Host memory that can be had without swapping", Alias("node_memory_MemAvailable_bytes", "node")),
        new("memory_total", MetricUnit.Bytes, Gauge, Neutral, Hold, "Host memory", Alias("node_memory_MemTotal_bytes", "node")),
        new("disk_available", MetricUnit.Bytes, Gauge, LowerIsWorse, Hold, "Free space of a file system", Alias("node_filesystem_avail_bytes", "node")),
        new("disk_total", MetricUnit.Bytes, Gauge, Neutral, Hold, "Size of a file system", Alias("node_filesystem_size_bytes", "node")),

        // Changes
        new("deployment_event", MetricUnit.None, Event, Neutral, Clear, "A new version went live", Alias("DeploymentEvent", "grainwatch")),
        new("adapter_change_event", MetricUnit.None, Event, Neutral, Clear, "An adapter was loaded, changed or removed", Alias("AdapterChangeEvent", "grainwatch")),
        new("scaling_event", MetricUnit.None, Event, Neutral, Clear, "Copies or instances were added or removed", Alias("ScalingEvent", "grainwatch")),
        new("restarts", MetricUnit.Count, Event, HigherIsWorse, Clear, "The container or its engine started again", Alias("RestartEvent", "grainwatch")),

        // Quality: what the evaluators publish
        .. QualityDimensions.All.Select(d => new MetricDefinition(d, Score, Gauge, LowerIsWorse, Hold, $"Quality: {d}; 1 = nothing wrong found", QualityAliases(d))),
        new("evaluation_latency", Seconds, Gauge, Neutral, Ignore, "Time that scoring an answer took", Alias("quality_evaluation_latency", "cloudwatch", Milli)),
    ];

    // The names under which AWS' published sample for SageMaker writes its scores to CloudWatch.
    private static MetricAlias[] QualityAliases(string dimension) => dimension switch
    {
        QualityDimensions.Safety => [Alias("safety_score", "cloudwatch")],
        QualityDimensions.Relevance => [Alias("relevance_score", "cloudwatch")],
        QualityDimensions.Tone => [Alias("professional_tone_score", "cloudwatch")],
        QualityDimensions.Composite => [Alias("composite_quality_score", "cloudwatch")],
        _ => [],
    };

    private static MetricAlias Alias(
        string name, string source, double scale = 1, AliasTemporality temporality = Delta, params string[] aggregatedLabels) =>
        new(name, source, scale, temporality, aggregatedLabels);
}
