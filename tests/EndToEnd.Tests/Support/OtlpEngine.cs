using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace Grainwatch.EndToEnd.Tests.Support;

/// <summary>A serving engine that tells of itself by OpenTelemetry's own exporter: metrics each second, and an answer and its
/// evaluation as log events.</summary>
internal sealed class OtlpEngine : IDisposable
{
    private const string Question = """[{"role":"user","parts":[{"type":"text","content":"Name two colours."}]}]""";
    private const string Reply = """[{"role":"assistant","finish_reason":"stop","parts":[{"type":"text","content":"Red and blue are two colours."}]}]""";

    private readonly Meter _meter;
    private readonly MeterProvider _metrics;
    private readonly ILoggerFactory _logs;
    private readonly ILogger _log;
    private readonly Counter<long> _tokens;
    private readonly UpDownCounter<long> _running;
    private readonly Histogram<double> _ttft;
    private readonly Histogram<double> _duration;

    public OtlpEngine(Uri server, IEnumerable<KeyValuePair<string, object>> resource, MetricReaderTemporalityPreference temporality)
    {
        _meter = new Meter($"engine-for-long-{temporality}");
        _tokens = _meter.CreateCounter<long>("vllm_generation_tokens_total");
        _running = _meter.CreateUpDownCounter<long>("vllm_num_requests_running");
        _ttft = _meter.CreateHistogram<double>("vllm_time_to_first_token_seconds");
        _duration = _meter.CreateHistogram<double>("gen_ai.server.request.duration", "s");
        _meter.CreateObservableGauge("vllm_kv_cache_usage_perc", () => 0.5);
        _metrics = Sdk.CreateMeterProviderBuilder().ConfigureResource(r => r.AddAttributes(resource)).AddMeter(_meter.Name)
            .AddView("gen_ai.server.request.duration", new Base2ExponentialBucketHistogramConfiguration())
            .AddOtlpExporter((exporter, reader) =>
            {
                exporter.Endpoint = new Uri(server, "/v1/metrics");
                exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
                reader.TemporalityPreference = temporality;
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = 1000;
            }).Build();
        _logs = LoggerFactory.Create(logging => logging.AddOpenTelemetry(options => options
            .SetResourceBuilder(ResourceBuilder.CreateDefault().AddAttributes(resource))
            .AddOtlpExporter(exporter =>
            {
                exporter.Endpoint = new Uri(server, "/v1/logs");
                exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
            })));
        _log = _logs.CreateLogger("engine");
    }

    /// <summary>Answers one question.</summary>
    /// <param name="number">Which one; never the same twice.</param>
    public void Answer(int number)
    {
        _tokens.Add(40 + (number % 7));
        _running.Add(number % 2 == 0 ? 1 : -1);
        _ttft.Record(0.2 + (0.01 * (number % 11)));
        _duration.Record(1.5 + (0.1 * (number % 5)));
        Log(new("event.name", "gen_ai.client.inference.operation.details"), new("gen_ai.response.id", $"answer-{number}"),
            new("gen_ai.input.messages", Question), new("gen_ai.output.messages", Reply), new("gen_ai.usage.output_tokens", 9));
        Log(new("event.name", "gen_ai.evaluation.result"), new("gen_ai.response.id", $"answer-{number}"),
            new("gen_ai.evaluation.name", "Helpfulness"), new("gen_ai.evaluation.score.value", 0.9));
    }

    /// <summary>Sends what was not sent yet.</summary>
    /// <returns>False: the exporter of metrics says that it failed.</returns>
    public bool Flush() => _metrics.ForceFlush();

    public void Dispose()
    {
        _metrics.Dispose();
        _logs.Dispose();
        _meter.Dispose();
    }

    private void Log(params KeyValuePair<string, object?>[] attributes) =>
        _log.Log(LogLevel.Information, default, attributes, null, (_, _) => "event");
}
