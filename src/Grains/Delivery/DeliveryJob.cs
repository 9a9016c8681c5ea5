using Grainwatch.Signals;
using Grainwatch.Signals.Alerts;

namespace Grainwatch.Grains.Delivery;

/// <summary>One claimed notification that is to be attempted.</summary>
/// <param name="EndpointKey">Whose correlation grain has claimed it, and is told what became of it.</param>
/// <param name="Row">The claimed row.</param>
/// <param name="Body">What to send.</param>
/// <param name="ClaimedAt">The clock of the claim.</param>
/// <param name="PostedAt">The silo's own tick count.</param>
internal sealed record DeliveryJob(string EndpointKey, OutboxRow Row, NotificationBody Body, Timestamp ClaimedAt, long PostedAt)
{
    public (string EndpointKey, string GroupKey, string Receiver) Lane => (EndpointKey, Row.GroupKey, Row.Receiver);
}
