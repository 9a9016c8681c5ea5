using Grainwatch.Grains.Interfaces.Correlation;
using Grainwatch.Grains.Interfaces.Endpoints;
using Grainwatch.Signals;
using Grainwatch.Signals.Alerts;

namespace Grainwatch.Grains.Correlation;

/// <summary>
/// What time it is for an endpoint's incidents. A live endpoint lives by the clock on the wall. One that is played from a
/// recording lives by the recording: its clock moves with its reports, and when they stop it goes on at the pace of the wall.
/// </summary>
internal sealed class EventClock(TimeProvider time, Timestamp? written)
{
    /// <summary>Reports of a recording that are this far apart have stopped.</summary>
    private static readonly TimeSpan Stopped = TimeSpan.FromSeconds(2);

    private Timestamp? _reported = written;
    private long _reportedAt = time.GetTimestamp();

    /// <summary>The time of a report.</summary>
    public Timestamp Reported(Timestamp asOf, ClockDomain clock)
    {
        (_reported, _reportedAt) = (asOf, time.GetTimestamp());
        return clock == ClockDomain.Recorded ? asOf : Timestamp.Max(asOf, Wall);
    }

    /// <summary>
    /// The time of an answer. On the clock of a recording a notification was accepted when it was claimed: how long the
    /// receiver took depends on the speed of the player, and what is told must not.
    /// </summary>
    public Timestamp Answered(DeliveryAnswer answer, ClockDomain clock) =>
        clock != ClockDomain.Recorded ? Wall
        : answer.Answer == PublishAnswer.Accepted ? answer.ClaimedAt
        : _reported ?? answer.ClaimedAt;

    /// <summary>The time when nobody reports; null: somebody does, or nothing is known of it.</summary>
    public Timestamp? Passing(ClockDomain clock) => clock != ClockDomain.Recorded ? Wall
        : time.GetElapsedTime(_reportedAt) is var silent && silent >= Stopped ? _reported + silent
        : null;

    /// <summary>The time of something that a person does.</summary>
    public Timestamp Now(ClockDomain clock) => clock == ClockDomain.Recorded && _reported is { } reported ? reported : Wall;

    public Timestamp Wall => Timestamp.FromDateTimeOffset(time.GetUtcNow());
}
