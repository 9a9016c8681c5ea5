using System.Text;
using CsCheck;
using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Tests.Metrics;

public sealed class PrometheusSeriesMapperTests
{
    private static readonly PrometheusSeriesMapper Mapper = new();

    private static readonly PrometheusSeriesMapper Knowing = new(MetricCatalogue.Default, PrometheusMapping.Default, TopologyReader.Read(Encoding.UTF8.GetBytes("""
        {"endpoints":[
          {"name":"chat","instances":[{"id":"i-0abc","gpus":8}],"components":[{"name":"assist"},{"name":"search"}]},
          {"name":"solo","instances":[{"id":"i-1","gpus":1},{"id":"i-2","gpus":1}]}]}
        """)));

    public static TheoryData<string, string, string, string> Real => new()
    {
        // vLLM, with what a scrape configuration adds.
        { "__name__=vllm:num_requests_waiting job=vllm instance=10.0.0.4:8000 endpoint=chat component=assist model_name=llama engine=0", "chat/c:assist", "queue_depth", "Gauge" },
        { "__name__=vllm:kv_cache_usage_perc job=vllm instance=10.0.0.4:8000 endpoint=chat model_name=llama engine=0", "chat/c:llama", "kv_cache_usage", "Gauge" },
        { "__name__=vllm_gpu_cache_usage_perc aws.sagemaker.endpoint.name=chat aws.sagemaker.inference_component.name=assist model_name=llama", "chat/c:assist", "kv_cache_usage", "Gauge" },
        { "__name__=vllm:generation_tokens_total endpoint=chat component=assist engine=1", "chat/c:assist", "generation_tokens", "Counter" },
        { "__name__=vllm:request_success_total endpoint=chat component=assist finished_reason=stop model_name=llama", "chat/c:assist", "requests", "Counter" },
        { "__name__=vllm:time_to_first_token_seconds_bucket endpoint=chat component=assist le=0.25 model_name=llama", "chat/c:assist", "ttft_histogram", "Histogram" },
        { "__name__=vllm:time_to_first_token_seconds_sum endpoint=chat component=assist", "chat/c:assist", "ttft_histogram.sum", "Counter" },
        { "__name__=vllm:time_to_first_token_seconds_count endpoint=chat component=assist", "chat/c:assist", "ttft_histogram.count", "Counter" },
        { "__name__=vllm:cache_config_info endpoint=chat component=assist block_size=16", "chat/c:assist", "vllm:cache_config_info", "Gauge" },

        // SGLang
        { "__name__=sglang:token_usage endpoint=chat component=assist model_name=qwen tp_rank=0 engine_type=unified", "chat/c:assist", "kv_cache_usage", "Gauge" },
        { "__name__=sglang:num_queue_reqs endpoint=chat model_name=qwen", "chat/c:qwen", "queue_depth", "Gauge" },
        { "__name__=sglang:e2e_request_latency_seconds_bucket endpoint=chat component=assist le=+Inf", "chat/c:assist", "request_latency", "Histogram" },

        // TGI: its plain counter ends as the count of a histogram would.
        { "__name__=tgi_request_count endpoint=chat component=assist method=generate", "chat/c:assist", "requests", "Counter" },
        { "__name__=tgi_request_duration_count endpoint=chat component=assist", "chat/c:assist", "request_latency.count", "Counter" },
        { "__name__=tgi_queue_size endpoint=chat component=assist", "chat/c:assist", "queue_depth", "Gauge" },

        // DCGM exporter, before and after the rename of its host label, and without one.
        { "__name__=DCGM_FI_DEV_GPU_UTIL endpoint=chat gpu=3 UUID=GPU-1 device=nvidia3 modelName=NVIDIA-H100 Hostname=i-0abc pci_bus_id=0", "chat/i:i-0abc/3", "gpu_utilization", "Gauge" },
        { "__name__=DCGM_FI_DEV_FB_USED endpoint=chat gpu=0 UUID=GPU-1 hostname=i-0abc", "chat/i:i-0abc/0", "gpu_memory_used", "Gauge" },
        { "__name__=DCGM_FI_DEV_XID_ERRORS endpoint=chat gpu=0 instance=10.0.0.4:9400", "chat/i:10.0.0.4/0", "xid_errors", "Event" },
        { "__name__=DCGM_FI_DEV_FB_FREE aws.sagemaker.endpoint.name=chat @resource.host.id=i-0abc gpu=7", "chat/i:i-0abc/7", "gpu_memory_free", "Gauge" },

        // CloudWatch's dimensions
        { "__name__=GPUUtilizationNormalized EndpointName=chat VariantName=AllTraffic InferenceComponentName=assist InstanceId=i-0abc ContainerId=c1 GpuId=gpu_2", "chat/i:i-0abc/2", "gpu_utilization", "Gauge" },
        { "__name__=GPUMemoryUtilization EndpointName=chat InstanceId=i-0abc AcceleratorId=1", "chat/i:i-0abc/1", "gpu_memory_usage", "Gauge" },
        { "__name__=Invocations EndpointName=chat InferenceComponentName=assist ContainerId=c1", "chat/c:assist/c1", "requests", "Counter" },
        { "__name__=ModelLatency.p99 EndpointName=chat VariantName=AllTraffic", "chat", "latency.p99", "Gauge" },
        { "__name__=MemoryUtilization EndpointName=chat InstanceId=i-0abc", "chat/i:i-0abc", "memory_usage", "Gauge" },

        // node exporter
        { "__name__=node_memory_MemAvailable_bytes job=node instance=10.0.0.4:9100 endpoint=chat", "chat/i:10.0.0.4", "memory_available", "Gauge" },
        { "__name__=node_cpu_seconds_total job=node instance=[::1]:9100 endpoint=chat cpu=3 mode=idle", "chat/i:[%3A%3A1]", "cpu_time", "Counter" },
        { "__name__=node_context_switches_total hostname=i-0abc endpoint=chat", "chat/i:i-0abc", "node_context_switches_total", "Counter" },
    };

    [Theory]
    [MemberData(nameof(Real))]
    public void Map_RealLabelSet_NamesEntityAndMetric(string labels, string entity, string metric, string kind)
    {
        SeriesMapping mapping = Mapper.Map(Labels(labels));
        Assert.Equal(MappingOutcome.Mapped, mapping.Outcome);
        Assert.Equal((entity, metric, kind), (mapping.Key!.Entity.Key, mapping.Key.Metric.Text, $"{mapping.Kind}"));
    }

    [Theory]
    [MemberData(nameof(Real))]
    public void Map_LabelsInAnotherOrder_IsTheSame(string labels, string entity, string metric, string kind) =>
        Gen.Shuffle(Labels(labels)).Sample(
            shuffled => Assert.Equal((entity, metric, kind, Mapper.Map(Labels(labels))),
                (Mapper.Map(shuffled).Key!.Entity.Key, metric, kind, Mapper.Map(shuffled))),
            iter: 5);

    [Theory]
    [InlineData("__name__=vllm:request_success_total endpoint=e component=c finished_reason=stop model_name=m engine=0", "{engine=\"0\",finished_reason=\"stop\",model_name=\"m\"}", "")]
    [InlineData("__name__=tgi_request_count endpoint=e component=c method=generate", "", "{method=\"generate\"}")]
    [InlineData("__name__=Invocations EndpointName=e InferenceComponentName=c InstanceId=i", "", "{InstanceId=\"i\"}")]
    [InlineData("__name__=Invocations EndpointName=e VariantName=blue", "", "{VariantName=\"blue\"}")]
    [InlineData("__name__=node_cpu_seconds_total endpoint=e instance=h:1 cpu=3 mode=idle", "{cpu=\"3\"}", "{mode=\"idle\"}")]
    [InlineData("__name__=DCGM_FI_DEV_GPU_UTIL endpoint=e hostname=h gpu=0 GPU_I_ID=2 GPU_I_PROFILE=1g.10gb", "", "{GPU_I_ID=\"2\",GPU_I_PROFILE=\"1g.10gb\"}")]
    public void Map_OtherLabels_AreAggregatedAwayOrRemain(string labels, string part, string residual)
    {
        SeriesMapping mapping = Mapper.Map(Labels(labels));
        Assert.Equal((part, residual), (mapping.Part, mapping.Key!.Residual.ToString()));
    }

    [Theory]
    [InlineData("__name__=DCGM_FI_DEV_GPU_UTIL Hostname=i-0abc gpu=3", "chat/i:i-0abc/3")]
    [InlineData("__name__=Invocations InferenceComponentName=search", "chat/c:search")]
    [InlineData("__name__=ModelLatency EndpointName=solo VariantName=AllTraffic", "solo/c:AllTraffic")]
    [InlineData("__name__=vllm:num_requests_running endpoint=solo model_name=llama", "solo/c:AllTraffic")]
    [InlineData("__name__=vllm:num_requests_running endpoint=chat model_name=assist", "chat/c:assist")]
    [InlineData("__name__=vllm:num_requests_running endpoint=chat model_name=llama", "chat")]
    public void Map_WithTopology_FindsWhatTheLabelsLeaveOut(string labels, string entity) =>
        Assert.Equal(entity, Knowing.Map(Labels(labels)).Key!.Entity.Key);

    [Fact]
    public void Map_NoEntity_GoesToJobAndInstance()
    {
        SeriesMapping mapping = Mapper.Map(Labels("__name__=up job=vllm instance=10.0.0.4:8000"));
        Assert.Equal(MappingOutcome.Unmapped, mapping.Outcome);
        Assert.Equal(EntityId.ForNode("unmapped/vllm/10.0.0.4:8000"), mapping.Key!.Entity);
    }

    [Fact]
    public void Map_NoEntityButInstanceLabels_KeepsThemApart()
    {
        SeriesMapping first = Mapper.Map(Labels("__name__=DCGM_FI_DEV_GPU_UTIL job=dcgm instance=h:9400 gpu=0"));
        SeriesMapping second = Mapper.Map(Labels("__name__=DCGM_FI_DEV_GPU_UTIL job=dcgm instance=h:9400 gpu=1"));
        Assert.NotEqual(first.Key, second.Key);
    }

    [Theory]
    [InlineData("job=a", MappingOutcome.NoName)]
    [InlineData("__name__=x_created endpoint=e", MappingOutcome.Ignored)]
    [InlineData("__name__=x_bucket endpoint=e le=fast", MappingOutcome.BadBound)]
    public void Map_NothingToKeep_SaysWhy(string labels, MappingOutcome outcome) => Assert.Equal(outcome, Mapper.Map(Labels(labels)).Outcome);

    [Fact]
    public void Map_Units_AreConvertedToTheCatalogues()
    {
        Assert.Equal(1024.0 * 1024, Mapper.Map(Labels("__name__=DCGM_FI_DEV_FB_USED endpoint=e hostname=h gpu=0")).Scale);
        Assert.Equal(0.01, Mapper.Map(Labels("__name__=DCGM_FI_DEV_GPU_UTIL endpoint=e hostname=h gpu=0")).Scale);
        Assert.Equal(0.25, Mapper.Map(Labels("__name__=vllm:time_to_first_token_seconds_bucket endpoint=e component=c le=0.25")).UpperBound);
    }

    [Fact]
    public void TryClaim_TwoSourcesOfOnePlace_CountsACollision()
    {
        SeriesCollisions collisions = new();
        SeriesMapping mapping = Mapper.Map(Labels("__name__=tgi_queue_size endpoint=e component=c instance=a:80"));
        Assert.True(collisions.TryClaim(mapping, "a"));
        Assert.True(collisions.TryClaim(mapping, "a"));
        Assert.False(collisions.TryClaim(mapping, "b"));
        Assert.Equal(1, collisions.Collisions);
        collisions.Release(mapping);
        Assert.True(collisions.TryClaim(mapping, "b"));
    }

    [Fact]
    public void TryClaim_PartsAndBuckets_DoNotCollide()
    {
        SeriesCollisions collisions = new(maxSeries: 4);
        Assert.True(collisions.TryClaim(Mapper.Map(Labels("__name__=vllm:prompt_tokens_total endpoint=e component=c engine=0")), "a"));
        Assert.True(collisions.TryClaim(Mapper.Map(Labels("__name__=vllm:prompt_tokens_total endpoint=e component=c engine=1")), "b"));
        Assert.True(collisions.TryClaim(Mapper.Map(Labels("__name__=x_bucket endpoint=e le=1")), "c"));
        Assert.True(collisions.TryClaim(Mapper.Map(Labels("__name__=x_bucket endpoint=e le=2")), "d"));
        Assert.True(collisions.TryClaim(Mapper.Map(Labels("__name__=x_bucket endpoint=e le=3")), "e"));
        Assert.Equal((0, 1), (collisions.Collisions, collisions.Unchecked));
    }

    private static KeyValuePair<string, string>[] Labels(string text) =>
        [.. text.Split(' ').Select(l => KeyValuePair.Create(l[..l.IndexOf('=')], l[(l.IndexOf('=') + 1)..]))];
}
