using System.Collections.Concurrent;
using Grainwatch.Signals.Alerts;
using Grainwatch.Signals.Ports;

namespace Grainwatch.Cluster.Tests.Support;

/// <summary>Never answers the first attempt, and ignores its token as a bad client library would; accepts every other.</summary>
internal sealed class HeldPublisher : IAlertPublisher
{
    private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<PublishResult> _never = new();

    public string Kind => "sns";

    /// <summary>Completes when the first attempt has begun.</summary>
    public Task Entered => _entered.Task;

    public ConcurrentQueue<string> NotificationIds { get; } = new();

    public Task<PublishResult> PublishAsync(OutgoingMessage message, string? target, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        NotificationIds.Enqueue(message.NotificationId);
        return _entered.TrySetResult() ? _never.Task : Task.FromResult(new PublishResult(PublishAnswer.Accepted));
    }
}
