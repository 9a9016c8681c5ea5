using System.Net;
using System.Net.Sockets;

namespace Grainwatch.Hosting.Addresses;

/// <summary>From where an address can be reached.</summary>
public static class Reach
{
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
