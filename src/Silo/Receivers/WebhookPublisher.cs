using System.Net.Http.Headers;
using Grainwatch.Signals.Alerts;
using Grainwatch.Signals.Ports;

namespace Grainwatch.Silo.Receivers;

/// <summary>
/// Posts the notification's JSON to an HTTP receiver. The header <c>Idempotency-Key</c> carries the notification id, so
/// that a receiver can fold a repeated attempt.
/// </summary>
public sealed class WebhookPublisher(HttpClient http) : IAlertPublisher
{
    public string Kind => "webhook";

    public async Task<PublishResult> PublishAsync(OutgoingMessage message, string? target, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (!Uri.TryCreate(target, UriKind.Absolute, out Uri? url) || url.Scheme is not ("http" or "https"))
        {
            return new PublishResult(PublishAnswer.RefusedForGood, Detail: $"'{target}' is not an http or https address");
        }

        using HttpRequestMessage request = new(HttpMethod.Post, url) { Content = new ReadOnlyMemoryContent(message.Body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("Idempotency-Key", message.NotificationId);
        try
        {
            using HttpResponseMessage response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return Classify((int)response.StatusCode);
        }
        catch (HttpRequestException e) when (e.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError)
        {
            // No request was sent: nobody can have received it.
            return new PublishResult(PublishAnswer.RefusedForNow, Detail: e.Message);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return new PublishResult(PublishAnswer.None, Detail: e.Message);
        }
    }

    private static PublishResult Classify(int status) => status switch
    {
        >= 200 and < 300 => new PublishResult(PublishAnswer.Accepted),
        408 or 429 or >= 500 => new PublishResult(PublishAnswer.RefusedForNow, Detail: $"HTTP {status}"),
        _ => new PublishResult(PublishAnswer.RefusedForGood, Detail: $"HTTP {status}"),
    };
}
