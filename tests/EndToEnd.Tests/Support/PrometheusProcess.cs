using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;

namespace Grainwatch.EndToEnd.Tests.Support;

/// <summary>Debian's own Prometheus, which scrapes itself and a node exporter each second and writes to an address.</summary>
internal sealed class PrometheusProcess : IAsyncDisposable
{
    private static readonly string[] Troubles =
    [
        "samples_failed", "samples_retried", "samples_dropped", "exemplars_failed", "exemplars_retried", "exemplars_dropped", "histograms_failed",
        "histograms_retried", "histograms_dropped", "metadata_failed", "metadata_retried",
    ];

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

    /// <param name="target">Where it writes to.</param>
    /// <param name="nodeExporter">What it scrapes beside itself: host:port.</param>
    public static PrometheusProcess Start(Uri target, string nodeExporter)
    {
        string executable = Tool.Path("GRAINWATCH_PROMETHEUS");
        string address = $"127.0.0.1:{Loopback.FreePort()}";
        string folder = Directory.CreateTempSubdirectory("grainwatch-prometheus").FullName;
        string configuration = Path.Combine(folder, "prometheus.yml");
        File.WriteAllText(configuration, $"""
            global: {"{"}scrape_interval: 1s{"}"}
            scrape_configs:
              - job_name: prometheus
                static_configs:
                  - targets: ['{address}']
              - job_name: node
                static_configs:
                  - targets: ['{nodeExporter}']
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

    /// <summary>What it counts of remote-write beside the samples that were sent: each is 0 when nothing was refused, lost or
    /// sent again.</summary>
    public async Task<IReadOnlyDictionary<string, double>> TroublesAsync()
    {
        Dictionary<string, double> troubles = [];
        foreach (string name in Troubles)
        {
            troubles[name] = await MetricAsync($"prometheus_remote_storage_{name}_total");
        }

        return troubles;
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
