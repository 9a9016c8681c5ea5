using System.Collections.Concurrent;
using System.Threading.Channels;
using Grainwatch.Grains.Interfaces.Correlation;
using Grainwatch.Signals;
using Grainwatch.Signals.Alerts;
using Grainwatch.Signals.Ports;
using Microsoft.Extensions.Logging;

namespace Grainwatch.Grains.Delivery;

/// <summary>
/// Attempts notifications outside every grain's turn, and calls the correlation grain with the answer. A receiver that
/// hangs holds up nobody but those who write to the same receiver.
/// </summary>
/// <remarks>
/// A job counts as under way until its answer was taken in. So a claim that runs out meanwhile (on the clock of a recording
/// it may, long before the receiver's patience ends) leads to no second attempt beside the first.
/// </remarks>
public sealed partial class DeliveryWorker
{
    /// <summary>Attempts at one receiver at the same time.</summary>
    public const int ParallelMax = 8;

    /// <summary>Jobs that wait for one receiver.</summary>
    public const int WaitingMax = 2_048;

    /// <summary>How often an answer is offered, a second apart, before the claim's end tells the rest.</summary>
    private const int AnswersMax = 30;

    private static readonly TimeSpan AnswerPause = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, Channel<DeliveryJob>> _receivers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string EndpointKey, string GroupKey, string Receiver), DeliveryJob> _underWay = new();

    private readonly Publishing _publishing;
    private readonly Func<string, DeliveryAnswer, Task> _answer;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    public DeliveryWorker(Publishing publishing, IGrainFactory grains, TimeProvider time, ILogger<DeliveryWorker> logger)
        : this(publishing, (key, answer) => grains.GetGrain<ICorrelationGrain>(key).Answer(answer, CancellationToken.None), time, logger)
    {
    }

    /// <param name="publishing">Makes the attempts.</param>
    /// <param name="answer">Is told what became of one, with the key of its endpoint.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">The log.</param>
    internal DeliveryWorker(Publishing publishing, Func<string, DeliveryAnswer, Task> answer, TimeProvider time, ILogger logger) =>
        (_publishing, _answer, _time, _logger) = (publishing, answer, time, logger);

    /// <summary>Takes one claimed notification. Returns at once.</summary>
    public PostOutcome Post(string endpointKey, EndpointEffect.PublishWanted wanted, Timestamp claimedAt)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        DeliveryJob job = new(endpointKey, wanted.Row, wanted.Body, claimedAt, _time.GetTimestamp());
        DeliveryJob first = _underWay.GetOrAdd(job.Lane, job);
        if (!ReferenceEquals(first, job))
        {
            return string.Equals(first.Row.Id, job.Row.Id, StringComparison.Ordinal) ? PostOutcome.UnderWay : PostOutcome.GroupIsBusy;
        }

        if (_receivers.GetOrAdd(job.Row.Receiver, Open).Writer.TryWrite(job))
        {
            return PostOutcome.Taken;
        }

        _underWay.TryRemove(job.Lane, out _);
        return PostOutcome.ReceiverIsFull;
    }

    /// <summary>True: an attempt for this endpoint runs or waits here.</summary>
    public bool IsUnderWay(string endpointKey) => _underWay.Keys.Any(lane => string.Equals(lane.EndpointKey, endpointKey, StringComparison.Ordinal));

    /// <summary>True: an attempt runs or waits here.</summary>
    public bool IsBusy => !_underWay.IsEmpty;

    private Channel<DeliveryJob> Open(string receiver)
    {
        Channel<DeliveryJob> channel = Channel.CreateBounded<DeliveryJob>(WaitingMax);

        // Neither the scheduler nor the request context of the grain that posts first belongs to what runs from here on.
        using AsyncFlowControl none = ExecutionContext.SuppressFlow();
        for (int i = 0; i < ParallelMax; i++)
        {
            _ = Task.Run(() => RunAsync(channel.Reader));
        }

        return channel;
    }

    private async Task RunAsync(ChannelReader<DeliveryJob> jobs)
    {
        await foreach (DeliveryJob job in jobs.ReadAllAsync())
        {
            try
            {
                await AnswerAsync(job, await AttemptAsync(job));
            }
            finally
            {
                _underWay.TryRemove(job.Lane, out _);
            }
        }
    }

    private async Task<PublishResult> AttemptAsync(DeliveryJob job) => _time.GetElapsedTime(job.PostedAt) < Outbox.ClaimFor - Publishing.Patience
        ? await _publishing.SendAsync(job.Row, job.Body)
        : new PublishResult(PublishAnswer.RefusedForNow, Detail: "it waited here until its claim could not cover an attempt any more");

    private async Task AnswerAsync(DeliveryJob job, PublishResult result)
    {
        DeliveryAnswer answer = new(job.Row.Id, result.Answer, result.MessageId, job.ClaimedAt, result.Detail);
        for (int attempt = 1; attempt <= AnswersMax; attempt++)
        {
            try
            {
                await _answer(job.EndpointKey, answer);
                return;
            }
            catch (Exception e)
            {
                // What is lost with the answer is the knowledge of it: the claim runs out and the same id is sent again.
                LogNotAnswered(_logger, job.Row.Id, job.Row.Receiver, attempt, e);
                await Task.Delay(AnswerPause, _time);
            }
        }
    }

    [LoggerMessage(EventId = 1, EventName = "AnswerNotTaken", Level = LogLevel.Warning, Message = "the answer to {NotificationId} of {Receiver} was not taken in, attempt {Attempt}")]
    private static partial void LogNotAnswered(ILogger logger, string notificationId, string receiver, int attempt, Exception exception);
}
