using System.Net;
using System.Net.Sockets;

namespace Grainwatch.EndToEnd.Tests.Support;

/// <summary>Ports on this machine.</summary>
internal static class Loopback
{
    public static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
