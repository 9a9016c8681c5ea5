using System.Text;
using Amazon.DynamoDBv2.Model;
using Grainwatch.DynamoDB.Tests.Support;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace Grainwatch.DynamoDB.Tests.Storage;

/// <summary>What a grain asks of its storage.</summary>
[Collection(MotoCollection.Name)]
public sealed class GrainStorageTests(MotoServer server)
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Read_NothingStored_IsANewStateWithoutEtag()
    {
        await using StorageFixture store = await StorageFixture.StartAsync(server);
        GrainState<Note> state = new(new Note { Text = "from before" }, "7") { RecordExists = true };
        await store.Storage.ReadStateAsync("note", store.Grain, state, None);
        Assert.Equal((false, null, "new"), (state.RecordExists, state.ETag, state.State!.Text));
    }

    [Fact]
    public async Task Write_FirstAndAgain_CountsTheEtagAndIsReadBack()
    {
        await using StorageFixture store = await StorageFixture.StartAsync(server);
        GrainState<Note> state = await store.WriteAsync("Привет");
        Assert.Equal((true, "0"), (state.RecordExists, state.ETag));
        state.State!.Text = "again";
        await store.Storage.WriteStateAsync("note", store.Grain, state, None);
        GrainState<Note> read = await store.ReadAsync();
        Assert.Equal((true, "1", "again"), (read.RecordExists, read.ETag, read.State!.Text));
    }

    [Fact]
    public async Task Write_Row_IsLaidOutAsTheOfficialPackageReadsIt()
    {
        await using StorageFixture store = await StorageFixture.StartAsync(server);
        await store.WriteAsync("x");
        Dictionary<string, AttributeValue> row = (await store.Rows.GetAsync($"svc_{store.Grain}", "note"))!;
        Assert.Equal("0", row["ETag"].N);
        Assert.Equal("{\"Text\":\"x\"}", Encoding.UTF8.GetString(row["GrainState"].B.ToArray()));
        Assert.False(row.ContainsKey("GrainTtl"));
    }

    [Fact]
    public async Task Write_OtherStateNameOrService_IsAnotherRow()
    {
        await using StorageFixture store = await StorageFixture.StartAsync(server);
        await store.WriteAsync("mine");
        GrainState<Note> other = new(new Note { Text = "other" }, null!);
        await store.Storage.WriteStateAsync("second", store.Grain, other, None);
        DynamoDBGrainStorage service = await store.OpenAsync(o => o.ServiceId = "another");
        await service.WriteStateAsync("note", store.Grain, new GrainState<Note>(new Note { Text = "third" }, null!), None);
        Assert.Equal("mine", (await store.ReadAsync()).State!.Text);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("0")]
    [InlineData("17")]
    [InlineData("-3")]
    [InlineData("no number")]
    public async Task WriteAndClear_EtagIsNotTheStoredOne_AreRefusedAndChangeNothing(string? etag)
    {
        await using StorageFixture store = await StorageFixture.StartAsync(server);
        GrainState<Note> state = await store.WriteAsync("first");
        await store.WriteAsync("second", state.ETag);
        InconsistentStateException fault = await Assert.ThrowsAsync<InconsistentStateException>(() => store.WriteAsync("third", etag));
        Assert.Equal(etag ?? "none", fault.CurrentEtag);
        await Assert.ThrowsAsync<InconsistentStateException>(() => store.Storage.ClearStateAsync("note", store.Grain, new GrainState<Note>(new Note(), etag!), None));
        DynamoDBGrainStorage deleting = await store.OpenAsync(o => o.DeleteStateOnClear = true);
        await Assert.ThrowsAsync<InconsistentStateException>(() => deleting.ClearStateAsync("note", store.Grain, new GrainState<Note>(new Note(), etag!), None));
        GrainState<Note> read = await store.ReadAsync();
        Assert.Equal(("1", "second"), (read.ETag, read.State!.Text));
    }

    [Fact]
    public async Task Write_EtagOfARowThatIsGone_IsRefused()
    {
        await using StorageFixture store = await StorageFixture.StartAsync(server);
        await Assert.ThrowsAsync<InconsistentStateException>(() => store.WriteAsync("x", "3"));
        Assert.False((await store.ReadAsync()).RecordExists);
    }

    [Fact]
    public async Task Write_StarAsEtag_ReplacesWhatIsThere()
    {
        await using StorageFixture store = await StorageFixture.StartAsync(server);
        await store.WriteAsync("second", (await store.WriteAsync("first")).ETag);
        Assert.Equal("2", (await store.WriteAsync("third", "*")).ETag);
        Assert.Equal("third", (await store.ReadAsync()).State!.Text);
    }

    [Fact]
    public async Task Clear_KeepsARowThatCountsOn()
    {
        await using StorageFixture store = await StorageFixture.StartAsync(server);
        GrainState<Note> state = await store.WriteAsync("x");
        await store.Storage.ClearStateAsync("note", store.Grain, state, None);
        Assert.Equal((false, "1", "new"), (state.RecordExists, state.ETag, state.State!.Text));
        GrainState<Note> read = await store.ReadAsync();
        Assert.Equal((false, "1", "new"), (read.RecordExists, read.ETag, read.State!.Text));
        await store.Storage.ClearStateAsync("note", store.Grain, read, None);
        GrainState<Note> again = await store.WriteAsync("y", read.ETag);
        Assert.Equal((true, "3"), (again.RecordExists, again.ETag));
    }

    [Fact]
    public async Task Clear_DeleteStateOnClear_LeavesNoRow()
    {
        await using StorageFixture store = await StorageFixture.StartAsync(server, o => o.DeleteStateOnClear = true);
        GrainState<Note> state = await store.WriteAsync("x");
        await store.Storage.ClearStateAsync("note", store.Grain, state, None);
        Assert.Equal((false, null, "new"), (state.RecordExists, state.ETag, state.State!.Text));
        Assert.Null(await store.Rows.GetAsync($"svc_{store.Grain}", "note"));
        await store.Storage.ClearStateAsync("note", store.Grain, state, None);
        GrainState<Note> again = await store.WriteAsync("y");
        Assert.True(again.RecordExists);
    }

    [Fact]
    public async Task Write_EtagOfARowThatWasDeletedAndMadeAnew_IsRefused()
    {
        await using StorageFixture store = await StorageFixture.StartAsync(server, o => o.DeleteStateOnClear = true);
        GrainState<Note> first = await store.WriteAsync("first");
        string stale = first.ETag!;
        await store.Storage.ClearStateAsync("note", store.Grain, first, None);
        await store.WriteAsync("second");
        await Assert.ThrowsAsync<InconsistentStateException>(() => store.WriteAsync("of one who missed both", stale));
    }

    [Fact]
    public async Task Clear_BeforeAnyWrite_IsFine()
    {
        await using StorageFixture store = await StorageFixture.StartAsync(server);
        GrainState<Note> state = new(new Note { Text = "stale" }, null!) { RecordExists = true };
        await store.Storage.ClearStateAsync("note", store.Grain, state, None);
        Assert.Equal((false, "new"), (state.RecordExists, state.State!.Text));
    }

    [Fact]
    public async Task Write_EightAtOnce_OneWins()
    {
        await using StorageFixture store = await StorageFixture.StartAsync(server);
        string etag = (await store.WriteAsync("first")).ETag!;
        string[] won = await Task.WhenAll(Enumerable.Range(0, 8).Select(async n =>
        {
            try
            {
                return (await store.WriteAsync($"{n}", etag)).State!.Text;
            }
            catch (InconsistentStateException)
            {
                return string.Empty;
            }
        }));
        GrainState<Note> read = await store.ReadAsync();
        Assert.Equal("1", read.ETag);
        Assert.Equal(read.State!.Text, Assert.Single(won, w => w.Length > 0));
    }

    [Fact]
    public async Task Write_400000Bytes_AreReadBack()
    {
        await using StorageFixture store = await StorageFixture.StartAsync(server);
        string text = new('x', 400_000);
        await store.WriteAsync(text);
        Assert.Equal(text, (await store.ReadAsync()).State!.Text);
    }

    [Fact]
    public async Task Write_Above400KiB_IsRefusedByNameAndSizeBeforeItIsSent()
    {
        await using StorageFixture store = await StorageFixture.StartAsync(server);
        ArgumentOutOfRangeException fault = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => store.WriteAsync(new string('ö', 300_000)));
        Assert.Contains(store.Grain.ToString(), fault.Message, StringComparison.Ordinal);
        Assert.Contains("409600", fault.Message, StringComparison.Ordinal);
        Assert.Equal(0, store.Proxy.Count("PutItem"));
    }

    [Fact]
    public async Task Write_KeyIsTooLong_IsRefused()
    {
        await using StorageFixture store = await StorageFixture.StartAsync(server);
        GrainId grain = GrainId.Create("test", new string('k', 2100));
        await Assert.ThrowsAsync<ArgumentException>(() => store.Storage.WriteStateAsync("note", grain, new GrainState<Note>(new Note()), None));
        await Assert.ThrowsAsync<ArgumentException>(() => store.Storage.WriteStateAsync(new string('n', 1024), store.Grain, new GrainState<Note>(new Note()), None));
    }

    [Fact]
    public async Task Write_TimeToLive_EndsTheRowBySecondsSince1970()
    {
        await using StorageFixture store = await StorageFixture.StartAsync(server, o => (o.TimeToLive, o.UpdateIfExists) = (TimeSpan.FromHours(2), true));
        await store.WriteAsync("x");
        Dictionary<string, AttributeValue> row = (await store.Rows.GetAsync($"svc_{store.Grain}", "note"))!;
        Assert.Equal("1795528800", row["GrainTtl"].N);
        DescribeTimeToLiveResponse table = await store.Rows.Client.DescribeTimeToLiveAsync(StorageFixture.TableName);
        Assert.Equal("GrainTtl", table.TimeToLiveDescription.AttributeName);
    }

    [Theory]
    [InlineData(Fault.ReplyLost)]
    [InlineData(Fault.RequestLost)]
    [InlineData(Fault.ServerError)]
    [InlineData(Fault.Throttled)]
    public async Task Write_FirstAttemptFails_HappensOnce(Fault fault)
    {
        await using StorageFixture store = await StorageFixture.StartAsync(server);
        store.Proxy.Fail("PutItem", fault);
        Assert.Equal("0", (await store.WriteAsync("first")).ETag);
        store.Proxy.Fail("PutItem", fault);
        Assert.Equal("1", (await store.WriteAsync("second", "0")).ETag);
        GrainState<Note> read = await store.ReadAsync();
        Assert.Equal(("1", "second"), (read.ETag, read.State!.Text));
    }

    [Fact]
    public async Task Write_ReplyLostAndSomebodyElseWroteSince_IsRefused()
    {
        await using StorageFixture store = await StorageFixture.StartAsync(server);
        await using DynamoProxy aside = await DynamoProxy.StartAsync(server);
        DynamoDBGrainStorage other = await store.OpenAsync(o => o.Service = aside.Url);
        store.Proxy.Fail("PutItem", Fault.ReplyLost);
        store.Proxy.Before("PutItem", () => Task.CompletedTask);
        store.Proxy.Before("PutItem", () => other.WriteStateAsync("note", store.Grain, new GrainState<Note>(new Note { Text = "theirs" }, "0"), None));
        await Assert.ThrowsAsync<InconsistentStateException>(() => store.WriteAsync("ours"));
        Assert.Equal("theirs", (await store.ReadAsync()).State!.Text);
    }

    [Theory]
    [InlineData(Fault.ReplyLost)]
    [InlineData(Fault.RequestLost)]
    [InlineData(Fault.ServerError)]
    [InlineData(Fault.Throttled)]
    public async Task Delete_FirstAttemptFails_IsDone(Fault fault)
    {
        await using StorageFixture store = await StorageFixture.StartAsync(server, o => o.DeleteStateOnClear = true);
        GrainState<Note> state = await store.WriteAsync("x");
        store.Proxy.Fail("DeleteItem", fault);
        await store.Storage.ClearStateAsync("note", store.Grain, state, None);
        Assert.Null(await store.Rows.GetAsync($"svc_{store.Grain}", "note"));
        Assert.Equal(2, store.Proxy.Count("DeleteItem"));
    }

    [Fact]
    public async Task Delete_RefusedFirstAndGoneThen_WasSomebodyElse()
    {
        await using StorageFixture store = await StorageFixture.StartAsync(server, o => o.DeleteStateOnClear = true);
        await using DynamoProxy aside = await DynamoProxy.StartAsync(server);
        DynamoDBGrainStorage other = await store.OpenAsync(o => (o.Service, o.DeleteStateOnClear) = (aside.Url, true));
        GrainState<Note> state = await store.WriteAsync("x");
        store.Proxy.Fail("DeleteItem", Fault.Throttled);
        store.Proxy.Before("DeleteItem", () => other.ClearStateAsync("note", store.Grain, new GrainState<Note>(new Note(), state.ETag), None));
        await Assert.ThrowsAsync<InconsistentStateException>(() => store.Storage.ClearStateAsync("note", store.Grain, state, None));
    }

    [Fact]
    public async Task Read_RowIsCorrupt_NamesIt()
    {
        await using StorageFixture store = await StorageFixture.StartAsync(server);
        await store.WriteAsync("x");
        Dictionary<string, AttributeValue> row = (await store.Rows.GetAsync($"svc_{store.Grain}", "note"))!;
        row["ETag"] = new AttributeValue("one");
        await store.Rows.PutAsync(row);
        OrleansException fault = await Assert.ThrowsAnyAsync<OrleansException>(store.ReadAsync);
        Assert.Contains(store.Grain.ToString(), fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EveryOperation_CancelledBefore_AsksNothing()
    {
        await using StorageFixture store = await StorageFixture.StartAsync(server);
        int asked = store.Proxy.CountAll;
        CancellationToken cancelled = new(canceled: true);
        GrainState<Note> state = new(new Note());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.Storage.ReadStateAsync("note", store.Grain, state, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.Storage.WriteStateAsync("note", store.Grain, state, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.Storage.ClearStateAsync("note", store.Grain, state, cancelled));
        Assert.Equal(asked, store.Proxy.CountAll);
    }
}
