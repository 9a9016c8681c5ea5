namespace Grainwatch.Signals.Alerts;

/// <summary>The clocks of one episode. All run on certified event time, except where data are missing by policy.</summary>
/// <param name="EpisodeId">The episode; null: none is open.</param>
/// <param name="Onset">Event time of the first True.</param>
/// <param name="Held">Certified true time, pauses left out.</param>
/// <param name="LastTrue">Up to when True is certified.</param>
/// <param name="Kept">Certified false time of the running recovery, pauses left out.</param>
/// <param name="LastFalse">Up to when False is certified.</param>
/// <param name="HasFired">True once the episode fired.</param>
/// <param name="IsSynthetic">True: missing data counted as True at least once in this episode.</param>
/// <param name="IsClearing">True: the recovery runs because the data stopped.</param>
/// <param name="Flaps">How often it came back within keep.</param>
public sealed record AlertClocks(
    string? EpisodeId,
    Timestamp? Onset,
    TimeSpan Held,
    Timestamp? LastTrue,
    TimeSpan Kept,
    Timestamp? LastFalse,
    bool HasFired,
    bool IsSynthetic,
    bool IsClearing,
    int Flaps)
{
    /// <summary>No episode.</summary>
    public static AlertClocks None { get; } = new(null, null, default, null, default, null, false, false, false, 0);

    public static AlertClocks Begin(string episodeId, Timestamp onset) => None with { EpisodeId = episodeId, Onset = onset };
}
