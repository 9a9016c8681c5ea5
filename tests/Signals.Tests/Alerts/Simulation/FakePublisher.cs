using Grainwatch.Signals.Alerts;

namespace Grainwatch.Signals.Tests.Alerts.Simulation;

/// <summary>Delivers, refuses, and loses answers. It remembers everything, and knows what was really delivered.</summary>
internal sealed class FakePublisher(Random random)
{
    public bool IsKind { get; set; }

    public List<Attempt> Attempts { get; } = [];

    /// <summary>Attempts from here on are known to the store, unless it forgot everything later.</summary>
    public int RememberedFrom { get; set; }

    public IEnumerable<Attempt> Remembered => Attempts.Skip(RememberedFrom);

    /// <summary>What the attempt came to: null: the process died before it.</summary>
    public PublishAnswer? Publish(OutboxRow row, Timestamp wall, TimeSpan observed, bool isDropped)
    {
        PublishAnswer answer = IsKind ? PublishAnswer.Accepted : random.Next(100) switch
        {
            < 70 => PublishAnswer.Accepted,
            < 82 => PublishAnswer.None,
            < 98 => PublishAnswer.RefusedForNow,
            _ => PublishAnswer.RefusedForGood,
        };
        bool isDelivered = !isDropped && (answer == PublishAnswer.Accepted || (answer == PublishAnswer.None && random.Next(2) == 0));
        Attempts.Add(new Attempt(row, wall, observed, isDropped ? null : answer, isDelivered));
        return isDropped ? null : answer;
    }

    internal sealed record Attempt(OutboxRow Row, Timestamp Wall, TimeSpan Observed, PublishAnswer? Answer, bool IsDelivered)
    {
        /// <summary>False only where the publisher said no.</summary>
        public bool MayHaveArrived => Answer is null or PublishAnswer.Accepted or PublishAnswer.None;
    }
}
