using Grainwatch.Signals;

namespace Grainwatch.Grains.Interfaces.Requests;

/// <summary>
/// Remembers one <c>Idempotency-Key</c>, so that a repeat means what the first request meant. Key: door and header, as sent.
/// </summary>
[Alias("grainwatch.IRequestKeyGrain")]
public interface IRequestKeyGrain : IGrainWithStringKey
{
    /// <summary>Takes the key, or tells who has it.</summary>
    /// <param name="bodyHash">Of the request; the same key with another body is a mistake of the sender.</param>
    /// <param name="now">When the request came in.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The first request of this key.</returns>
    [Alias("Claim")]
    Task<RequestClaim> Claim(string bodyHash, Timestamp now, CancellationToken cancellationToken);
}
