namespace Grainwatch.Generator.Fleet;

/// <summary>Whose names and units an engine's metrics have.</summary>
public enum MetricDialect
{
    /// <summary>Prometheus names of vLLM, running totals.</summary>
    Vllm,

    /// <summary>Names of SageMaker's container logs.</summary>
    EngineLog,

    /// <summary>Prometheus names of SGLang.</summary>
    Sglang,
}
