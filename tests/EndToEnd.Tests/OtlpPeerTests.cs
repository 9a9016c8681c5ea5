using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net.Http.Json;
using System.Text.Json;
using Grainwatch.EndToEnd.Tests.Support;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using Xunit.Abstractions;

namespace Grainwatch.EndToEnd.Tests;

/// <summary>OpenTelemetry's own exporter for .NET, against the real process.</summary>
public sealed class OtlpPeerTests(ITestOutputHelper output)
{
    private const string Api = "/api/grainwatch/v1";
    private const int Rounds = 3;
    private static readonly TimeSpan Watched = Tool.Watched;
    private static readonly TimeSpan Bucket = TimeSpan.FromSeconds(10);

    private static readonly KeyValuePair<string, object>[] Resource =
    [
        new("service.name", "engine"), new("aws.sagemaker.endpoint.name", "peer"), new("aws.sagemaker.inference_component.name", "llama"),
    ];

    [Theory]
    [InlineData(MetricReaderTemporalityPreference.Cumulative)]
    [InlineData(MetricReaderTemporalityPreference.Delta)]
    public async Task Export_MetricsOfEveryInstrument_NothingIsRejected(MetricReaderTemporalityPreference temporality)
    {
        using DataFolder folder = new();
        await using GrainwatchProcess up = GrainwatchProcess.Start("up", "--port", "0", "--data", folder.Path, "--no-recording");
        using HttpClient http = new() { BaseAddress = await up.AddressAsync() };
        using RefusalWatch refusals = new();
        using Meter meter = new($"engine-{temporality}");
        Counter<long> tokens = meter.CreateCounter<long>("vllm_generation_tokens_total");
        UpDownCounter<long> running = meter.CreateUpDownCounter<long>("vllm_num_requests_running");
        Histogram<double> ttft = meter.CreateHistogram<double>("vllm_time_to_first_token_seconds");
        Histogram<double> exponential = meter.CreateHistogram<double>("gen_ai.server.request.duration", "s");
        meter.CreateObservableGauge("vllm_kv_cache_usage_perc", () => 0.5);
        using (MeterProvider provider = Sdk.CreateMeterProviderBuilder().ConfigureResource(r => r.AddAttributes(Resource)).AddMeter(meter.Name)
            .AddView("gen_ai.server.request.duration", new Base2ExponentialBucketHistogramConfiguration())
            .AddOtlpExporter((exporter, reader) =>
            {
                exporter.Endpoint = new Uri(http.BaseAddress!, "/v1/metrics");
                exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
                reader.TemporalityPreference = temporality;
            }).Build())
        {
            for (int round = 0; round < Rounds; round++)
            {
                tokens.Add(100);
                running.Add(2);
                ttft.Record(0.2);
                exponential.Record(1.5);
                Assert.True(provider.ForceFlush(), "the exporter says that it failed");
            }
        }

        JsonElement component = await http.GetFromJsonAsync<JsonElement>($"{Api}/endpoints/peer/components/llama");
        string?[] metrics = [.. component.GetProperty("windows").EnumerateArray().Select(w => w.GetProperty("metric").GetString())];
        Assert.Contains("kv_cache_usage", metrics);
        Assert.Contains("generation_tokens", metrics);
        Assert.Contains("requests_running", metrics);
        Assert.Contains("ttft.p99", metrics);
        Assert.Contains("latency.p99", metrics);
        Assert.Empty(refusals.Seen);
        Assert.Contains("grainwatch_points_accepted_total", await http.GetStringAsync("/metrics"), StringComparison.Ordinal);
        Assert.DoesNotContain("grainwatch_points_refused_total", await http.GetStringAsync("/metrics"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_AnEvaluationAsALogEvent_BecomesAScore()
    {
        using DataFolder folder = new();
        await using GrainwatchProcess up = GrainwatchProcess.Start("up", "--port", "0", "--data", folder.Path, "--no-recording");
        using HttpClient http = new() { BaseAddress = await up.AddressAsync() };
        using RefusalWatch refusals = new();
        using (ILoggerFactory factory = LoggerFactory.Create(logging => logging.AddOpenTelemetry(options => options
            .SetResourceBuilder(ResourceBuilder.CreateDefault().AddAttributes(Resource))
            .AddOtlpExporter(exporter =>
            {
                exporter.Endpoint = new Uri(http.BaseAddress!, "/v1/logs");
                exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
            }))))
        {
            KeyValuePair<string, object?>[] attributes =
            [
                new("event.name", "gen_ai.evaluation.result"), new("gen_ai.evaluation.name", "Relevance"), new("gen_ai.evaluation.score.value", 0.25),
            ];
            factory.CreateLogger("judge").Log(LogLevel.Information, default, attributes, null, (_, _) => "evaluated");
        }

        JsonElement component = await http.GetFromJsonAsync<JsonElement>($"{Api}/endpoints/peer/components/llama");
        Assert.Contains(component.GetProperty("quality").EnumerateArray(), q => q.GetProperty("dimension").GetString() == "relevance" && q.GetProperty("n").GetInt32() == 1);
        Assert.Empty(refusals.Seen);
    }

    [Theory, Trait("Category", "Full")]
    [InlineData(MetricReaderTemporalityPreference.Cumulative)]
    [InlineData(MetricReaderTemporalityPreference.Delta)]
    public async Task Export_MetricsAndLogsForFiveMinutes_NothingIsRejected(MetricReaderTemporalityPreference temporality)
    {
        using DataFolder folder = new();
        await using GrainwatchProcess up = GrainwatchProcess.Start("up", "--port", "0", "--data", folder.Path, "--no-recording");
        using HttpClient http = new() { BaseAddress = await up.AddressAsync() };
        using RefusalWatch refusals = new();
        int rounds = 0;
        using (OtlpEngine engine = new(http.BaseAddress!, Resource, temporality))
        {
            // The exporters run on clocks of their own; work for them is made until five minutes of it have gone out.
            using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(100));
            long begun = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(begun) < Watched && await timer.WaitForNextTickAsync())
            {
                engine.Answer(rounds++);
            }

            Assert.True(engine.Flush(), "the exporter says that it failed");
        }

        string metrics = await http.GetStringAsync("/metrics");
        string accepted = metrics.Split('\n').First(l => l.StartsWith("grainwatch_points_accepted_total", StringComparison.Ordinal));
        output.WriteLine($"{Watched.TotalSeconds:0} s, OTLP {temporality}, {rounds} answers and {rounds} evaluations, {accepted}, rejected {refusals.Seen.Count}");
        Assert.Empty(refusals.Seen);
        Assert.DoesNotContain("grainwatch_points_refused_total", metrics, StringComparison.Ordinal);
        Assert.Contains($"grainwatch_evaluator_answers_total{{otel_scope_name=\"Grainwatch\"}} {rounds}", metrics, StringComparison.Ordinal);
        Assert.Equal("", up.ErrorText);
        JsonElement scores = (await http.GetFromJsonAsync<JsonElement>($"{Api}/endpoints/peer/series?metric=Helpfulness")).GetProperty("items")[0];
        Assert.All(scores.GetProperty("values").EnumerateArray(), v => Assert.Equal(0.9, v.GetDouble(), 3));
        Assert.True(scores.GetProperty("values").GetArrayLength() >= (Watched / Bucket) - 1);
        Assert.Equal(0, await up.TerminateAsync());
    }
}
