using Grainwatch.Signals;

namespace Grainwatch.Grains.Interfaces.Configuration;

/// <summary>Somebody asks not to be told for a while. Times are those of the clock on the wall.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Matchers">All must match.</param>
/// <param name="StartsAt">From when.</param>
/// <param name="EndsAt">Until when.</param>
/// <param name="CreatedBy">Who asks.</param>
/// <param name="Comment">Why.</param>
/// <param name="CreatedAt">When it was asked for.</param>
[GenerateSerializer, Immutable, Alias("grainwatch.silence-view")]
public sealed record SilenceView(
    [property: Id(0)] string Id,
    [property: Id(1)] SilenceMatcher[] Matchers,
    [property: Id(2)] Timestamp StartsAt,
    [property: Id(3)] Timestamp EndsAt,
    [property: Id(4)] string CreatedBy,
    [property: Id(5)] string Comment,
    [property: Id(6)] Timestamp CreatedAt);
