using System.Diagnostics;

namespace Grainwatch.EndToEnd.Tests.Support;

/// <summary>Debian's own node exporter: what a Prometheus scrapes of a machine.</summary>
internal sealed class NodeExporterProcess : IAsyncDisposable
{
    private readonly Process _process;

    private NodeExporterProcess(Process process, string address)
    {
        _process = process;
        Address = address;
    }

    public string Address { get; }

    public static NodeExporterProcess Start()
    {
        string address = $"127.0.0.1:{Loopback.FreePort()}";
        Process process = Process.Start(new ProcessStartInfo(Tool.Path("GRAINWATCH_NODE_EXPORTER"))
        {
            ArgumentList = { $"--web.listen-address={address}", "--log.level=error" },
        })!;
        return new NodeExporterProcess(process, address);
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
