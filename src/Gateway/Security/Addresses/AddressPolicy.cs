using Grainwatch.Hosting.Addresses;

namespace Grainwatch.Gateway.Security.Addresses;

/// <summary>Which addresses may be bound: any where callers are asked who they are, else those that this machine alone can reach.</summary>
public static class AddressPolicy
{
    /// <summary>Why addresses may not be bound, one sentence each; none: they may.</summary>
    /// <param name="addresses">As Kestrel takes them: <c>http://127.0.0.1:5080</c>, <c>https://*:443</c>,
    /// <c>http://unix:/run/x.sock</c>.</param>
    /// <param name="mode">How callers say who they are.</param>
    public static IReadOnlyList<string> Refusals(IEnumerable<string> addresses, SecurityModes mode)
    {
        ArgumentNullException.ThrowIfNull(addresses);
        return mode == SecurityModes.None ? [.. addresses.Where(a => !Reach.IsLoopback(a)).Select(Refusal)] : [];
    }

    internal static string Refusal(string address) =>
        $"{SecurityOptions.Section}:Mode is None, and {address} can be reached from other machines: ask callers who they are "
        + "(Mode=Keys, 'grainwatch keys create'), or listen on 127.0.0.1";
}
