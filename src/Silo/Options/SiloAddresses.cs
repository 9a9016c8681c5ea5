using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Grainwatch.Silo.Options;

/// <summary>Turns what is configured into the address that the members of a cluster are told.</summary>
internal static class SiloAddresses
{
    private const string Automatic = "auto";

    public static bool TryFind(string configured, [NotNullWhen(true)] out IPAddress? address)
    {
        address = IPAddress.TryParse(configured, out IPAddress? literal) ? literal
            : string.Equals(configured, Automatic, StringComparison.OrdinalIgnoreCase) ? OfThisMachine() : OfName(configured);
        return address is not null && !address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any);
    }

    private static IPAddress? OfThisMachine() => NetworkInterface.GetAllNetworkInterfaces()
        .Where(n => n.OperationalStatus == OperationalStatus.Up && n.NetworkInterfaceType != NetworkInterfaceType.Loopback)
        .SelectMany(n => n.GetIPProperties().UnicastAddresses)
        .Select(a => a.Address)
        .FirstOrDefault(a => a.AddressFamily == AddressFamily.InterNetwork);

    private static IPAddress? OfName(string name)
    {
        try
        {
            return Dns.GetHostAddresses(name, AddressFamily.InterNetwork).FirstOrDefault();
        }
        catch (Exception e) when (e is SocketException or ArgumentException)
        {
            return null;
        }
    }
}
