using Grainwatch.Grains.Interfaces.Requests;
using Grainwatch.Signals;

namespace Grainwatch.Grains.Requests;

/// <summary>Keeps the claim for a day after it was last asked for, in memory: after a crash a key is free again.</summary>
[CollectionAgeLimit(Days = 1)]
public sealed class RequestKeyGrain : Grain, IRequestKeyGrain
{
    private RequestClaim? _claim;

    public Task<RequestClaim> Claim(string bodyHash, Timestamp now, CancellationToken cancellationToken) =>
        Task.FromResult(_claim ??= new RequestClaim(bodyHash, now));
}
