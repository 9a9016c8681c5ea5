using System.Net;
using System.Net.Sockets;

namespace Grainwatch.Cli;

/// <summary>Ports on loopback for a silo's own traffic, so that two processes on one machine do not meet.</summary>
internal static class Loopback
{
    public static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
