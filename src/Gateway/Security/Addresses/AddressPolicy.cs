using System.Net;
using System.Net.Sockets;

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
        return mode == SecurityModes.None ? [.. addresses.Where(a => !IsLoopback(a)).Select(Refusal)] : [];
    }

    internal static string Refusal(string address) =>
        $"{SecurityOptions.Section}:Mode is None, and {address} can be reached from other machines: ask callers who they are "
        + "(Mode=Keys, 'grainwatch keys create'), or listen on 127.0.0.1";

    /// <summary>Whether nobody but this machine can reach an address. A name other than localhost is any address to Kestrel.</summary>
    public static bool IsLoopback(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        int scheme = address.IndexOf("://", StringComparison.Ordinal);
        string rest = scheme < 0 ? address : address[(scheme + 3)..];
        if (rest.StartsWith("unix:", StringComparison.OrdinalIgnoreCase) || rest.StartsWith("pipe:", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        int path = rest.IndexOf('/', StringComparison.Ordinal);
        rest = path < 0 ? rest : rest[..path];
        int colon = rest.LastIndexOf(':');
        string host = colon > rest.LastIndexOf(']') ? rest[..colon] : rest;
        return host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host, out IPAddress? ip) && IsLoopback(ip));
    }

    /// <summary>As the other, of what is about to be bound.</summary>
    public static bool IsLoopback(EndPoint place) => place switch
    {
        IPEndPoint ip => IsLoopback(ip.Address),
        UnixDomainSocketEndPoint => true,
        _ => false,
    };

    private static bool IsLoopback(IPAddress ip) => IPAddress.IsLoopback(ip.IsIPv4MappedToIPv6 ? ip.MapToIPv4() : ip);
}
