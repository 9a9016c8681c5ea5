using Grainwatch.Hosting;
using Grainwatch.Silo.Health;
using Grainwatch.Silo.Hosting;

namespace Grainwatch.Cluster.Tests.Hosting;

/// <summary>What keeps a silo of its own from starting, and how it says so.</summary>
public sealed class SiloStartTests
{
    [Fact]
    public async Task RunSilo_FaultsInEverySection_NamesThemAllAndEndsWith2() => Assert.Equal(
        [
            "Grainwatch:Cluster:Membership", "Grainwatch:Cluster:ResponseTimeout", "Grainwatch:Cluster:StateTable", "Grainwatch:Cluster:TlsCertificate",
            "Grainwatch:Cluster:TlsCertificate", "Grainwatch:Nonsense", "Grainwatch:Silo:CheckpointEvery", "Grainwatch:Silo:GatewayPort", "Grainwatch:Silo:Prot",
        ],
        await FaultsAsync(
            "--Grainwatch:Cluster:Membership=Zookeeper", "--Grainwatch:Cluster:StateTable=a b", "--Grainwatch:Cluster:ResponseTimeout=00:02:00",
            "--Grainwatch:Cluster:TlsCertificate=/nowhere.pem", "--Grainwatch:Silo:CheckpointEvery=00:00:01", "--Grainwatch:Silo:GatewayPort=11111",
            "--Grainwatch:Silo:Prot=1", "--Grainwatch:Nonsense=1"));

    [Fact]
    public async Task RunSilo_DynamoDBWithoutARegion_IsRefused() =>
        Assert.Equal(["Grainwatch:Cluster:Service"], await FaultsAsync("--Grainwatch:Cluster:Membership=DynamoDB"));

    [Theory]
    [InlineData("--Grainwatch:Silo:Address=192.0.2.7", "Grainwatch:Silo:Address")]
    [InlineData("--Grainwatch:Silo:ListensOnAll=true", "Grainwatch:Silo:Address")]
    [InlineData("--Grainwatch:Silo:Address=no.such.name.invalid", "Grainwatch:Silo:Address")]
    [InlineData("--urls=http://0.0.0.0:8081", "Grainwatch:Silo:urls")]
    public async Task RunSilo_WhereOtherMachinesCanReachIt_WantsToKnowWho(string argument, string fault) => Assert.Equal([fault], await FaultsAsync(argument));

    [Fact]
    public async Task RunSilo_RuleFileThatIsNotThere_EndsWith1()
    {
        await using StringWriter error = new();
        Assert.Equal(ExitCode.Failure, await SiloHost.RunAsync(["--Grainwatch:Silo:Rules=/nowhere.yaml"], TimeProvider.System, error));
        Assert.Contains("/nowhere.yaml", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Ready_OnlyWhenActiveWithRulesAndNotLeaving()
    {
        Assert.Empty(SiloHealthRoutes.Reasons(SiloStatus.Active, hasRules: true, isLeaving: false));
        Assert.Single(SiloHealthRoutes.Reasons(SiloStatus.Joining, hasRules: true, isLeaving: false));
        Assert.Equal(3, SiloHealthRoutes.Reasons(SiloStatus.ShuttingDown, hasRules: false, isLeaving: true).Count());
    }

    private static async Task<string[]> FaultsAsync(params string[] arguments)
    {
        await using StringWriter error = new();
        string folder = Directory.CreateTempSubdirectory("grainwatch-silo").FullName;
        int code = await SiloHost.RunAsync([.. arguments, $"--Grainwatch:Silo:Data={folder}"], TimeProvider.System, error);
        Directory.Delete(folder, recursive: true);
        string text = error.ToString();
        Assert.True(code == ExitCode.Usage, text);
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split(' ')[0]).Order(StringComparer.Ordinal)];
    }
}
