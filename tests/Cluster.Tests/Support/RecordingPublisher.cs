using System.Collections.Concurrent;
using System.Text.Json;
using Grainwatch.Signals.Alerts;
using Grainwatch.Signals.Ports;

namespace Grainwatch.Cluster.Tests.Support;

/// <summary>Keeps every message. What it answers may be scripted by endpoint; else it accepts.</summary>
public sealed class RecordingPublisher(string kind = "sns") : IAlertPublisher
{
    private readonly ConcurrentDictionary<string, ConcurrentQueue<Func<PublishResult>>> _scripts = new(StringComparer.Ordinal);

    public string Kind => kind;

    public ConcurrentQueue<OutgoingMessage> Attempts { get; } = new();

    /// <summary>What to answer to the next attempts about an endpoint; a function may throw.</summary>
    public void Script(string endpoint, params Func<PublishResult>[] answers) =>
        _scripts[endpoint] = new ConcurrentQueue<Func<PublishResult>>(answers);

    public List<OutgoingMessage> About(string endpoint) => [.. Attempts.Where(m => EndpointOf(m) == endpoint)];

    public Task<PublishResult> PublishAsync(OutgoingMessage message, string? target, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        Attempts.Enqueue(message);
        PublishResult answer = _scripts.TryGetValue(EndpointOf(message), out ConcurrentQueue<Func<PublishResult>>? script) && script.TryDequeue(out Func<PublishResult>? next)
            ? next()
            : new PublishResult(PublishAnswer.Accepted, "m-1");
        return Task.FromResult(answer);
    }

    private static string EndpointOf(OutgoingMessage message)
    {
        using JsonDocument body = JsonDocument.Parse(message.Body);
        return body.RootElement.GetProperty("Grainwatch").GetProperty("endpoint").GetString()!;
    }
}
