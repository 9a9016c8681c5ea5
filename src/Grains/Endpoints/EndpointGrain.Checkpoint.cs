using Grainwatch.Grains.Endpoints.Handover;
using Grainwatch.Grains.Interfaces.Endpoints;

namespace Grainwatch.Grains.Endpoints;

/// <content>A copy of the windows in another silo, for the day on which this one dies without a word.</content>
public sealed partial class EndpointGrain
{
    private long _copiedAt;
    private long _copies;
    private string? _copyId;

    private string ActivationName => GrainContext.ActivationId.ToString();

    /// <summary>
    /// Only when there is another silo, and when something was written since the last copy. The whole document is made anew: a page that
    /// is sealed is bytes already, and a minute's share of that is less than what a protocol of differences could get wrong.
    /// </summary>
    private void Checkpoint()
    {
        TimeSpan every = checkpoints.Value.Every;
        if (every == TimeSpan.Zero || _monitor.Block.Newest is null || Math.Max(_fedAt, _lease.WrittenAt) < _copiedAt
            || (_copiedAt != 0 && time.GetElapsedTime(_copiedAt) < every) || handovers.Refuge(_key) is not { } refuge)
        {
            return;
        }

        _copiedAt = time.GetTimestamp();
        string id = $"{ActivationName}#{++_copies}";
        handovers.Copy(_key, refuge, Left(id) with { Copy = _copies });
        _copyId = id;
    }

    /// <summary>What the next activation goes on with. It knows what was taken in here, and the last copy of it.</summary>
    private WindowHandover Left(string id) => new(
        id, _epoch.MembershipVersion, _epoch.ActivationStart.UnixMs, _clock, new HandoverBody(_monitor.Save(), _intake.Save()).ToJson(),
        _copyId is null ? [.. _taken] : [.. _taken, _copyId]);
}
