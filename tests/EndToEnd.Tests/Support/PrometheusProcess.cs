using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;

namespace Grainwatch.EndToEnd.Tests.Support;

/// <summary>Debian's own Prometheus, which scrapes itself each second and writes to an address.</summary>
internal sealed class PrometheusProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _folder;
    private readonly HttpClient _http;

    private PrometheusProcess(Process process, string folder, string address)
    {
        _process = process;
        _folder = folder;
        Address = address;
        _http = new HttpClient { BaseAddress = new Uri($"http://{address}") };
    }

    public string Address { get; }

    public static PrometheusProcess Start(string executable, Uri target)
    {
        string address = $"127.0.0.1:{Loopback.FreePort()}";
        string folder = Directory.CreateTempSubdirectory("grainwatch-prometheus").FullName;
        string configuration = Path.Combine(folder, "prometheus.yml");
        File.WriteAllText(configuration, $"""
            global: {"{"}scrape_interval: 1s{"}"}
            scrape_configs:
              - job_name: prometheus
                static_configs:
                  - targets: ['{address}']
            remote_write:
              - url: {target}
            """);
        Process process = Process.Start(new ProcessStartInfo(executable)
        {
            ArgumentList = { $"--config.file={configuration}", $"--storage.tsdb.path={folder}/data", $"--web.listen-address={address}", "--log.level=error" },
        })!;
        return new PrometheusProcess(process, folder, address);
    }

    /// <summary>The newest value of one of its own metrics.</summary>
    public async Task<double> MetricAsync(string name)
    {
        JsonElement answer = await _http.GetFromJsonAsync<JsonElement>($"/api/v1/query?query={name}");
        JsonElement result = answer.GetProperty("data").GetProperty("result");
        return double.Parse(result[0].GetProperty("value")[1].GetString()!);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
