using System.Collections.Concurrent;
using System.Diagnostics.Tracing;

namespace Grainwatch.EndToEnd.Tests.Support;

/// <summary>Hears what OpenTelemetry's exporter says of failed and partly refused exports; it says it nowhere else.</summary>
internal sealed class RefusalWatch : EventListener
{
    private const string Source = "OpenTelemetry-Exporter-OpenTelemetryProtocol";

    public ConcurrentQueue<string> Seen { get; } = new();

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == Source)
        {
            EnableEvents(eventSource, EventLevel.Warning);
        }
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        // How the exporter makes its client is its own affair.
        if (eventData.EventSource.Name == Source && eventData.EventName != "HttpClientFactoryUnavailable")
        {
            Seen.Enqueue($"{eventData.EventName}: {string.Join(' ', eventData.Payload ?? new([]))}");
        }
    }
}
