using Grainwatch.Grains.Interfaces.Fleet;

namespace Grainwatch.Grains.Fleet;

/// <summary>One endpoint as its shard remembers it.</summary>
/// <param name="Endpoint">Its name.</param>
/// <param name="Clock">live or recorded.</param>
/// <param name="Watched">What must be heard of it; null or empty: nothing.</param>
[GenerateSerializer, Immutable, Alias("grainwatch.fleet-registration")]
public sealed record FleetRegistration(
    [property: Id(0)] string Endpoint, [property: Id(1)] string Clock, [property: Id(2)] WatchedSeries[]? Watched = null)
{
    public bool Equals(FleetRegistration? other) => other is not null
        && Endpoint == other.Endpoint && Clock == other.Clock && (Watched ?? []).AsSpan().SequenceEqual(other.Watched ?? []);

    public override int GetHashCode() => HashCode.Combine(Endpoint, Clock, Watched?.Length ?? 0);
}
