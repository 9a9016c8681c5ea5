using Grainwatch.Grains.Interfaces.Configuration;
using Grainwatch.Signals;

namespace Grainwatch.Grains.Configuration;

/// <summary>A silence as it is stored: plain fields, times as milliseconds.</summary>
[GenerateSerializer, Alias("grainwatch.stored-silence")]
public sealed record StoredSilence(
    [property: Id(0)] string Id,
    [property: Id(1)] List<SilenceMatcher> Matchers,
    [property: Id(2)] long StartsAtUnixMs,
    [property: Id(3)] long EndsAtUnixMs,
    [property: Id(4)] string CreatedBy,
    [property: Id(5)] string Comment,
    [property: Id(6)] long CreatedAtUnixMs)
{
    public static StoredSilence Of(SilenceView silence) => new(
        silence.Id, [.. silence.Matchers], silence.StartsAt.UnixMs, silence.EndsAt.UnixMs,
        silence.CreatedBy, silence.Comment, silence.CreatedAt.UnixMs);

    public SilenceView ToView() => new(
        Id, [.. Matchers], new Timestamp(StartsAtUnixMs), new Timestamp(EndsAtUnixMs), CreatedBy, Comment, new Timestamp(CreatedAtUnixMs));
}
