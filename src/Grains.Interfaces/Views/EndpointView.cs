using Grainwatch.Signals;

namespace Grainwatch.Grains.Interfaces.Views;

/// <summary>One endpoint with everything below it.</summary>
/// <param name="Endpoint">Its name.</param>
/// <param name="AsOf">How far its event time has come; null: nothing arrived yet.</param>
/// <param name="Clock">live or recorded.</param>
/// <param name="Warming">True while its windows do not yet cover what the rules look at.</param>
/// <param name="Own">Series of the endpoint itself.</param>
/// <param name="Components">Its components, by name.</param>
/// <param name="Instances">Its instances, by id.</param>
/// <param name="Gpus">Its GPUs, by instance and index.</param>
/// <param name="PointsAccepted">Points taken in since the windows began.</param>
/// <param name="PointsRefused">Points refused since then.</param>
[GenerateSerializer, Immutable, Alias("grainwatch.endpoint-view")]
public sealed record EndpointView(
    [property: Id(0)] string Endpoint,
    [property: Id(1)] Timestamp? AsOf,
    [property: Id(2)] string Clock,
    [property: Id(3)] bool Warming,
    [property: Id(4)] EntityView Own,
    [property: Id(5)] EntityView[] Components,
    [property: Id(6)] EntityView[] Instances,
    [property: Id(7)] EntityView[] Gpus,
    [property: Id(8)] long PointsAccepted,
    [property: Id(9)] long PointsRefused);
