using System.Security.Cryptography;
using Grainwatch.Grains.Interfaces.Correlation;
using Grainwatch.Grains.Interfaces.Endpoints;
using Grainwatch.Grains.Interfaces.Playback;
using Grainwatch.Signals;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Silo.Playback;

/// <summary>One run over a recording, and how far it has come; a restart goes on there.</summary>
internal sealed class PlaybackRun
{
    /// <summary>How often the position is written, by the clock on the wall.</summary>
    private static readonly TimeSpan WriteEvery = TimeSpan.FromSeconds(1);

    private readonly IPlaybackGrain _grain;
    private readonly TimeProvider _time;
    private long _writtenAt;

    private PlaybackRun(IPlaybackGrain grain, TimeProvider time, PlaybackPosition position, bool isContinued, Dictionary<EntityId, Timestamp> told)
    {
        (_grain, _time, Position, IsContinued, ToldUntil) = (grain, time, position, isContinued, told);
        _writtenAt = time.GetTimestamp();
    }

    public PlaybackPosition Position { get; private set; }

    /// <summary>True: an earlier process began it.</summary>
    public bool IsContinued { get; }

    /// <summary>
    /// Up to when each endpoint's incidents were decided and written. Until then its windows are filled again and nothing
    /// is told: where the position was written before a kill, the incidents may have come further.
    /// </summary>
    public IReadOnlyDictionary<EntityId, Timestamp> ToldUntil { get; }

    /// <param name="grains">The cluster.</param>
    /// <param name="hash">Of the recording.</param>
    /// <param name="from">Its beginning.</param>
    /// <param name="endpoints">Whom it speaks of.</param>
    /// <param name="isFresh">True: whatever was played before is forgotten.</param>
    /// <param name="time">The clock on the wall.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<PlaybackRun> BeginAsync(
        IGrainFactory grains, string hash, Timestamp from, IReadOnlyList<EntityId> endpoints, bool isFresh, TimeProvider time,
        CancellationToken cancellationToken)
    {
        IPlaybackGrain grain = grains.GetGrain<IPlaybackGrain>(hash);
        PlaybackPosition? known = isFresh ? null : await grain.Get(cancellationToken);
        Dictionary<EntityId, Timestamp> told = [];
        foreach (EntityId endpoint in endpoints)
        {
            ICorrelationGrain correlation = grains.GetGrain<ICorrelationGrain>(endpoint.Key);
            if (known is null)
            {
                // Incidents of another run would take this one's past for their own.
                await correlation.Reset(cancellationToken);
                await grains.GetGrain<IEndpointGrain>(endpoint.Key).ForgetBaselines(cancellationToken);
            }

            Timestamp begin = known?.Time ?? from;
            told[endpoint] = (await correlation.Wake(cancellationToken)).WrittenAt is { } written ? Timestamp.Max(begin, written) : begin;
        }

        PlaybackPosition position = known ?? new PlaybackPosition(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)), from, false);
        await grain.Set(position, cancellationToken);
        return new PlaybackRun(grain, time, position, known is not null, told);
    }

    /// <summary>Everything before <paramref name="end"/> was played; written at most once a second.</summary>
    public async Task PlayedAsync(Timestamp end, bool isOver, CancellationToken cancellationToken)
    {
        Position = Position with { Time = end, IsOver = isOver };
        if (isOver || _time.GetElapsedTime(_writtenAt) >= WriteEvery)
        {
            _writtenAt = _time.GetTimestamp();
            await _grain.Set(Position, cancellationToken);
        }
    }
}
