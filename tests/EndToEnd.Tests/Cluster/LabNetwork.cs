using System.Diagnostics;

namespace Grainwatch.EndToEnd.Tests.Cluster;

/// <summary>
/// A network of this machine's own: a bridge that leads nowhere else, and for each process a namespace with one cable to it. Needs the
/// rights of root and the program <c>ip</c>.
/// </summary>
internal sealed class LabNetwork : IDisposable
{
    private readonly string _bridge = $"gw{Environment.ProcessId % 100_000}";
    private readonly List<LabHost> _hosts = [];
    private readonly int _subnet = 64 + (Environment.ProcessId % 64);

    public LabNetwork()
    {
        Run("link", "add", _bridge, "type", "bridge");
        Run("addr", "add", $"{Address(1)}/24", "dev", _bridge);
        Run("link", "set", _bridge, "up");
    }

    /// <summary>The test itself, for whoever calls it.</summary>
    public string OwnAddress => Address(1);

    /// <summary>Puts up one more machine.</summary>
    public LabHost Add(string name)
    {
        int number = 10 + _hosts.Count;
        LabHost host = new($"{_bridge}-{name}", $"{_bridge}{number}", Address(number));
        Run("netns", "add", host.Namespace);
        _hosts.Add(host);
        Run("link", "add", host.Cable, "type", "veth", "peer", "name", "eth0", "netns", host.Namespace);
        Run("link", "set", host.Cable, "master", _bridge, "up");
        Run("-n", host.Namespace, "addr", "add", $"{host.Address}/24", "dev", "eth0");
        Run("-n", host.Namespace, "link", "set", "eth0", "up");
        Run("-n", host.Namespace, "link", "set", "lo", "up");
        return host;
    }

    public static void Cut(LabHost host) => Run("link", "set", host.Cable, "down");

    public static void Mend(LabHost host) => Run("link", "set", host.Cable, "up");

    public void Dispose()
    {
        foreach (LabHost host in _hosts)
        {
            Run("netns", "del", host.Namespace);
        }

        Run("link", "del", _bridge);
    }

    private string Address(int host) => $"10.213.{_subnet}.{host}";

    private static void Run(params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo("ip", arguments) { RedirectStandardError = true })!;
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"ip {string.Join(' ', arguments)}: {error}");
    }
}
