using System.Diagnostics;
using Grainwatch.EndToEnd.Tests.Support;
using YamlDotNet.RepresentationModel;

namespace Grainwatch.EndToEnd.Tests;

/// <summary>The files that a cluster is put up with: read by the programs that read them, and whole in themselves.</summary>
public sealed class DeploymentTests
{
    private static readonly string Root = Repository.Root;

    [Fact]
    public async Task Compose_ByDebiansDockerCompose_IsACluster()
    {
        string folder = Tool.Path("GRAINWATCH_DOCKER_COMPOSE");
        ProcessStartInfo info = new("/usr/bin/python3", [Path.Combine(folder, "usr/bin/docker-compose"), "-f", Path.Combine(Root, "docker-compose.yml"), "config"])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Root,
        };
        info.Environment["PYTHONPATH"] = $"{folder}/usr/lib/python3/dist-packages:{folder}/usr/lib/python3.11";
        using Process process = Process.Start(info)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await error);
        YamlMappingNode services = (YamlMappingNode)Documents(text).Single()["services"];
        Assert.Equal(
            ["gateway1", "gateway2", "grafana", "moto", "prometheus", "silo1", "silo2", "silo3"],
            services.Children.Keys.Select(k => k.ToString()).Order(StringComparer.Ordinal));

        // Nothing of it can be reached from another machine.
        foreach (YamlMappingNode service in services.Children.Values.Cast<YamlMappingNode>().Where(s => s.Children.ContainsKey("ports")))
        {
            Assert.All((YamlSequenceNode)service["ports"], port => Assert.StartsWith("127.0.0.1:", port.ToString(), StringComparison.Ordinal));
        }

        foreach (string path in (string[])["deploy/silo.Dockerfile", "deploy/gateway.Dockerfile", "deploy/compose/prometheus.yml"])
        {
            Assert.True(File.Exists(Path.Combine(Root, path)), path);
        }
    }

    [Fact]
    public async Task Prometheus_ByItsOwnTool_IsConfigured()
    {
        string promtool = Path.Combine(Path.GetDirectoryName(Tool.Path("GRAINWATCH_PROMETHEUS"))!, "promtool");
        using Process process = Process.Start(new ProcessStartInfo(promtool, ["check", "config", "--syntax-only", Path.Combine(Root, "deploy/compose/prometheus.yml")])
        {
            RedirectStandardError = true, RedirectStandardOutput = true,
        })!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await error);
    }

    [Fact]
    public void Kubernetes_EveryNameThatIsUsed_IsThere()
    {
        string folder = Path.Combine(Root, "deploy/kubernetes");
        YamlMappingNode list = Documents(File.ReadAllText(Path.Combine(folder, "kustomization.yaml"))).Single();
        string[] files = [.. ((YamlSequenceNode)list["resources"]).Select(r => r.ToString())];
        Assert.Equal(
            Directory.GetFiles(folder, "*.yaml").Select(Path.GetFileName).Where(f => f != "kustomization.yaml").Order(StringComparer.Ordinal),
            files.Order(StringComparer.Ordinal));
        List<YamlMappingNode> all = [.. files.SelectMany(f => Documents(File.ReadAllText(Path.Combine(folder, f))))];
        string[] names = [.. all.Select(d => $"{d["kind"]}/{((YamlMappingNode)d["metadata"])["name"]}")];
        Assert.Contains("ConfigMap/grainwatch-cluster", names);
        Assert.Contains("ServiceAccount/grainwatch", names);

        // What selects pods selects some: labels of a template, by budget, service, policy and deployment alike.
        HashSet<string> apps = [.. all.Where(d => d["kind"].ToString() == "Deployment").Select(App)];
        Assert.Equal(["grainwatch-gateway", "grainwatch-silo"], apps.Order(StringComparer.Ordinal));
        string text = string.Join('\n', files.Select(f => File.ReadAllText(Path.Combine(folder, f))));
        Assert.All(
            System.Text.RegularExpressions.Regex.Matches(text, @"\{ app: ([a-z-]+) \}").Select(m => m.Groups[1].Value), app => Assert.Contains(app, apps));
    }

    [Fact]
    public void Kubernetes_EveryVariableOfOurs_IsAnOption()
    {
        string text = File.ReadAllText(Path.Combine(Root, "docker-compose.yml"))
            + string.Concat(Directory.GetFiles(Path.Combine(Root, "deploy/kubernetes")).Select(File.ReadAllText));
        string[] used = [.. System.Text.RegularExpressions.Regex.Matches(text, @"Grainwatch__\w+").Select(m => m.Value).Distinct()];
        string[] known =
        [
            .. Options<Hosting.Cluster.ClusterSettings>(Hosting.Cluster.ClusterSettings.Section),
            .. Options<Silo.Options.SiloSettings>(Silo.Options.SiloSettings.Section),
            .. Options<Gateway.Security.SecurityOptions>(Gateway.Security.SecurityOptions.Section),
        ];
        Assert.NotEmpty(used);
        Assert.All(used, u => Assert.Contains(u, known));
    }

    private static IEnumerable<string> Options<T>(string section) =>
        typeof(T).GetProperties().Where(p => p.CanWrite).Select(p => $"{section.Replace(":", "__", StringComparison.Ordinal)}__{p.Name}");

    private static string App(YamlMappingNode deployment)
    {
        YamlMappingNode template = (YamlMappingNode)((YamlMappingNode)deployment["spec"])["template"];
        return ((YamlMappingNode)((YamlMappingNode)template["metadata"])["labels"])["app"].ToString();
    }

    private static IEnumerable<YamlMappingNode> Documents(string text)
    {
        YamlStream stream = [];
        using StringReader reader = new(text);
        stream.Load(reader);
        return stream.Documents.Select(d => (YamlMappingNode)d.RootNode);
    }
}
