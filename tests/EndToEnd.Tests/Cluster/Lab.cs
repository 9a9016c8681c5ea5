using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Grainwatch.EndToEnd.Tests.Support;

namespace Grainwatch.EndToEnd.Tests.Cluster;

/// <summary>Silos and gateways as processes, each on a machine of its own, with DynamoDB and SNS on two others.</summary>
internal sealed class Lab : IAsyncDisposable
{
    private const string Api = "/api/grainwatch/v1";
    private readonly DataFolder _folder = new();
    private readonly LabNetwork _network = new();

    public IReadOnlyList<LabMember> Silos { get; private set; } = [];

    public IReadOnlyList<LabMember> Gateways { get; private set; } = [];

    public LabHost StoreHost { get; private set; } = null!;

    public LabHost TopicHost { get; private set; } = null!;

    public MotoServer Store { get; private set; } = null!;

    public MotoServer Topic { get; private set; } = null!;

    public WebhookInbox Inbox { get; private set; } = null!;

    public HttpClient Http { get; } = new() { Timeout = TimeSpan.FromSeconds(12) };

    public Uri[] Addresses => [.. Gateways.Select(g => new Uri($"http://{g.Host.Address}:5080"))];

    /// <param name="silos">How many.</param>
    /// <param name="gateways">How many.</param>
    /// <param name="binaries">Folder of the executables; null: those of this build.</param>
    public static async Task<Lab> StartAsync(int silos, int gateways, string? binaries = null)
    {
        Lab lab = new();
        lab.StoreHost = lab._network.Add("dy");
        lab.TopicHost = lab._network.Add("sn");
        Task<MotoServer> store = MotoServer.StartAsync(lab.StoreHost);
        lab.Topic = await MotoServer.StartAsync(lab.TopicHost);
        lab.Store = await store;
        lab.Inbox = new WebhookInbox(address: lab._network.OwnAddress);
        string rules = lab._folder.At("rules.yaml");
        await File.WriteAllTextAsync(rules, Rules(lab.Inbox.Url));
        (int created, string key, _) = await GrainwatchProcess.RunAsync(["keys", "create", "--id", "lab", "--scopes", "admin", "--rate", "0"]);
        Assert.Equal(0, created);
        string[] lines = key.Split('\n');
        lab.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", lines[0]);
        string logs = Environment.GetEnvironmentVariable("GRAINWATCH_LAB_LOGS") is { Length: > 0 } kept ? Directory.CreateDirectory(kept).FullName : lab._folder.Path;
        string[] cluster =
        [
            "--Grainwatch:Cluster:Membership=DynamoDB", $"--Grainwatch:Cluster:Service={lab.Store.Url}", "--Grainwatch:Cluster:CreateTables=true",
        ];
        LabMember Member(string name, string executable, Func<LabHost, string[]> arguments)
        {
            LabHost host = lab._network.Add(name);
            return new LabMember(name, host, executable, [.. cluster, .. arguments(host)], Path.Combine(logs, $"{name}.log"), lab.Topic.Url)
            {
                Binaries = binaries ?? AppContext.BaseDirectory,
            };
        }

        lab.Silos = [.. Enumerable.Range(1, silos).Select(i => Member($"s{i}", "Grainwatch.Silo", host =>
            [$"--Grainwatch:Silo:Address={host.Address}", $"--Grainwatch:Silo:Rules={rules}", "--Grainwatch:Silo:CheckpointEvery=00:00:10", "--Grainwatch:Cluster:TrustsNetwork=true", "--urls=http://127.0.0.1:8081"]))];
        lab.Gateways = [.. Enumerable.Range(1, gateways).Select(i => Member($"g{i}", "Grainwatch.Gateway", host =>
            [$"--urls=http://{host.Address}:5080", "--Grainwatch:Security:Mode=Keys", $"--Grainwatch:Security:Keys:0={lines[1]}"]))];
        foreach (LabMember member in lab.Silos.Concat(lab.Gateways))
        {
            member.Start();
        }

        foreach (Uri address in lab.Addresses)
        {
            await Eventually.ValueAsync<bool>(async () => await lab.IsReadyAsync(address) ? true : null);
        }

        return lab;
    }

    public async Task<bool> IsReadyAsync(Uri gateway)
    {
        try
        {
            using HttpResponseMessage answer = await Http.GetAsync(new Uri(gateway, "/readyz"));
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    /// <summary>All incidents, by the first gateway; null: it does not answer now.</summary>
    public async Task<List<JsonElement>?> IncidentsAsync()
    {
        List<JsonElement> all = [];
        string cursor = "";
        do
        {
            try
            {
                JsonElement page = await Http.GetFromJsonAsync<JsonElement>(new Uri(Addresses[0], $"{Api}/incidents?limit=500{cursor}"));
                all.AddRange(page.GetProperty("items").EnumerateArray());
                cursor = page.TryGetProperty("next", out JsonElement next) && next.GetString() is { } more ? $"&cursor={Uri.EscapeDataString(more)}" : "";
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
            {
                return null;
            }
        }
        while (cursor.Length > 0);
        return all;
    }

    /// <summary>The incidents, once every endpoint had one, all are resolved, and every notification has arrived.</summary>
    public async Task<List<JsonElement>> AtRestAsync(int incidents)
    {
        List<JsonElement> last = [];
        for (int i = 0; i < 5; i++)
        {
            StartDead();
            try
            {
                await Eventually.ValueAsync<bool>(async () =>
                {
                    if (await IncidentsAsync() is not { } all)
                    {
                        return null;
                    }

                    last = all;
                    return all.Select(x => x.GetProperty("endpoint").GetString()).Distinct().Count() == incidents && all.All(Pages.IsAtRest) ? true : null;
                });
                return last;
            }
            catch (Xunit.Sdk.XunitException) when (i < 4)
            {
                // What was warming when the last fault ended may take five minutes to be believed.
            }
        }

        throw new Xunit.Sdk.XunitException($"not at rest: {JsonSerializer.Serialize(last)}");
    }

    /// <summary>Starts silos that have ended themselves, as whoever runs them would.</summary>
    public IReadOnlyList<string> StartDead()
    {
        LabMember[] dead = [.. Silos.Where(s => !s.IsRunning)];
        foreach (LabMember member in dead)
        {
            member.Start();
        }

        return [.. dead.Select(m => m.Name)];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (LabMember member in Silos.Concat(Gateways))
        {
            await member.DisposeAsync();
        }

        Inbox.Dispose();
        Http.Dispose();
        await Store.DisposeAsync();
        await Topic.DisposeAsync();
        _network.Dispose();
        _folder.Dispose();
    }

    /// <summary>One rule without a hold, so that each incident begins and ends within a minute; both receivers get every page.</summary>
    private static string Rules(string webhook) => $$"""
        version: 1
        receivers:
          hook: { webhook: { url: "{{webhook}}" } }
          topic: { sns: { topicArn: "{{MotoServer.TopicArn}}" } }
        routes:
          - { match: { severity: page }, receiver: hook, groupInterval: 10s, continue: true }
          - { match: { severity: page }, receiver: topic, groupInterval: 10s }
        groups:
          - name: lab
            rules:
              - id: errors
                scope: component
                raise: avg(errors_5xx[20s]) > 10
                for: 0s
                keep: 20s
                missing: hold
                severity: page
        """;
}
