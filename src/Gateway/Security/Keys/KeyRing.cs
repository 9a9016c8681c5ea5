using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace Grainwatch.Gateway.Security.Keys;

/// <summary>The keys of the configuration.</summary>
public sealed class KeyRing(IOptions<SecurityOptions> options, TimeProvider time)
{
    /// <summary>Compared with where no line has the id, so that both answers take the same time.</summary>
    private static readonly byte[] Nobody = new byte[SHA256.HashSizeInBytes];

    private readonly Dictionary<string, (KeyLine Line, ClaimsPrincipal Caller)> _lines = options.Value.Keys
        .Select(l => KeyLine.TryParse(l, out _)).OfType<KeyLine>()
        .ToDictionary(l => l.Id, l => (l, Security.Caller.Of(CallerId(l.Id), l.Scopes)), StringComparer.Ordinal);

    /// <summary>How logs, problems and limits call the holder of a key.</summary>
    public static string CallerId(string id) => $"key:{id}";

    /// <summary>Looks at a key; the caller is null unless it is valid.</summary>
    public KeyOutcome Look(string key, out ClaimsPrincipal? caller)
    {
        caller = null;
        if (ApiKey.IdOf(key) is not { } id)
        {
            return KeyOutcome.Malformed;
        }

        bool isKnown = _lines.TryGetValue(id, out (KeyLine Line, ClaimsPrincipal Caller) found);
        bool isSame = CryptographicOperations.FixedTimeEquals(ApiKey.Hash(key), isKnown ? found.Line.Hash.Span : Nobody);
        if (!isKnown || !isSame)
        {
            return KeyOutcome.Unknown;
        }

        if (found.Line.Expires <= time.GetUtcNow())
        {
            return KeyOutcome.Expired;
        }

        caller = found.Caller;
        return KeyOutcome.Valid;
    }

    /// <summary>The line of a caller; null: it came with no key.</summary>
    internal KeyLine? LineOf(string callerId) =>
        callerId.StartsWith("key:", StringComparison.Ordinal)
            && _lines.TryGetValue(callerId[4..], out (KeyLine Line, ClaimsPrincipal Caller) found)
            ? found.Line
            : null;
}
