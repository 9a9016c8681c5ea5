using Grainwatch.Cluster.Tests.Support;
using Grainwatch.Grains.Interfaces.Rules;
using Grainwatch.Grains.Interfaces.Views;
using Grainwatch.Signals.Rules;
using Grainwatch.Storage.Sqlite;

namespace Grainwatch.Cluster.Tests.Rules;

/// <summary>Which rules are in force after a restart, and what becomes of alerts whose rule went with it.</summary>
public sealed class RuleRestartTests
{
    private readonly string _folder = Directory.CreateTempSubdirectory("grainwatch-rules").FullName;

    [Fact]
    public async Task Restart_AfterAChange_TheChangeIsInForceAndItsVersionIsTheSame()
    {
        RuleReceipt changed = await RunAsync(Set("file"), book => PutAsync(book, RuleFixture.OneRule("put")));
        Assert.Equal(2, changed.Number);
        RuleBookView after = await RunAsync(Set("file"), book => book.Read(CancellationToken.None));
        Assert.Equal((2, "put", changed.Hash), (after.Number, Assert.Single(after.Rules).Id, after.Hash));
    }

    [Fact]
    public async Task Restart_WithAnotherFile_TheFileIsInForceAndTheChangeIsRemembered()
    {
        await RunAsync(Set("file"), book => PutAsync(book, RuleFixture.OneRule("put")));
        RuleVersionView[] versions = await RunAsync(Set("edited"), book => book.GetVersions(CancellationToken.None));
        Assert.Equal([(3, "file"), (2, "request"), (1, "file")], versions.Select(v => (v.Number, v.Origin)));
        RuleBookView after = await RunAsync(Set("edited"), book => book.Read(CancellationToken.None));
        Assert.Equal((3, "edited"), (after.Number, Assert.Single(after.Rules).Id));
    }

    [Fact]
    public async Task Restart_WithoutAFile_TheStoredRulesStay()
    {
        await RunAsync(RuleSet.Default, book => PutAsync(book, RuleFixture.OneRule("put")));
        RuleBookView after = await RunAsync(RuleSet.Default, book => book.Read(CancellationToken.None));
        Assert.Equal("put", Assert.Single(after.Rules).Id);
    }

    [Fact]
    public async Task Restart_RequestThatWasRepeated_IsKnownByItsKey()
    {
        RuleChange change = new(true, RuleFixture.OneRule("added"), null, "key", "", "");
        RuleReceipt first = await RunAsync(Set("file"), book => book.Change(change, CancellationToken.None));
        RuleReceipt again = await RunAsync(Set("file"), book => book.Change(change, CancellationToken.None));
        Assert.Equal((RuleOutcome.Taken, first.Number), (again.Outcome, again.Number));
    }

    [Fact]
    public async Task Restart_EndpointsJudgeByTheStoredRulesAndWhatWasLeftOutEnds()
    {
        using (SqliteStore store = SqliteStore.Open(_folder))
        {
            await using FakeClockCluster cluster = await FakeClockCluster.StartAsync(store: store, rules: Set("file"));
            SickEndpoint endpoint = new("kept", cluster.Grains);
            await endpoint.DeclareAsync();
            await PutAsync(Book(cluster), RuleFixture.OneRule("busy"));
            await endpoint.FeedAsync(60, failing: 0);
            Assert.Equal("busy", Assert.Single(Assert.Single(await endpoint.Correlation.GetIncidents(CancellationToken.None)).Members).Rule);
        }

        using (SqliteStore store = SqliteStore.Open(_folder))
        {
            await using FakeClockCluster cluster = await FakeClockCluster.StartAsync(store: store, rules: Set("file"));
            SickEndpoint endpoint = new("kept", cluster.Grains);
            Assert.Equal("open", Assert.Single(await endpoint.Correlation.GetIncidents(CancellationToken.None)).State);
        }

        using (SqliteStore store = SqliteStore.Open(_folder))
        {
            // The file was edited while nothing ran: its rules never knew the one that fires.
            await using FakeClockCluster cluster = await FakeClockCluster.StartAsync(store: store, rules: Set("edited"));
            SickEndpoint endpoint = new("kept", cluster.Grains);
            await endpoint.Correlation.UseRules(1, CancellationToken.None);
            Assert.Equal("resolved", Assert.Single(await endpoint.Correlation.GetIncidents(CancellationToken.None)).State);
        }
    }

    private async Task<T> RunAsync<T>(RuleSet rules, Func<IRuleBookGrain, Task<T>> ask)
    {
        using SqliteStore store = SqliteStore.Open(_folder);
        await using FakeClockCluster cluster = await FakeClockCluster.StartAsync(store: store, rules: rules);
        return await ask(Book(cluster));
    }

    private static Task<RuleReceipt> PutAsync(IRuleBookGrain book, string text) =>
        book.Change(new RuleChange(false, text, "*", null, "", ""), CancellationToken.None);

    private static IRuleBookGrain Book(FakeClockCluster cluster) => cluster.Grains.GetGrain<IRuleBookGrain>(IRuleBookGrain.TheOne);

    private static RuleSet Set(string id)
    {
        RuleSet rules = RuleFile.Parse(RuleFixture.OneRule(id, "99%"), "rules.yaml", out IReadOnlyList<RuleError> errors);
        Assert.Empty(errors);
        return rules;
    }
}
