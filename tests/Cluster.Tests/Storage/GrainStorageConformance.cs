using Orleans.Runtime;
using Orleans.Storage;

namespace Grainwatch.Cluster.Tests.Storage;

/// <summary>What the grains expect of any grain storage. A storage joins by deriving from it.</summary>
public abstract class GrainStorageConformance
{
    private const string StateName = "conformance";

    /// <summary>The storage under test.</summary>
    private protected abstract IGrainStorage Storage { get; }

    [Fact]
    public async Task Read_NothingWritten_IsAFreshStateWithoutEtag()
    {
        IGrainState<StoredThing> state = await ReadAsync(NewGrain());
        Assert.False(state.RecordExists);
        Assert.Null(state.ETag);
        Assert.Equal(0, state.State!.Number);
    }

    [Fact]
    public async Task Write_ThenRead_GivesWhatWasWrittenUnderTheSameEtag()
    {
        GrainId grain = NewGrain();
        IGrainState<StoredThing> written = await WriteAsync(grain, null, 7, "a \"text\" with ünicode and \0");
        IGrainState<StoredThing> read = await ReadAsync(grain);
        Assert.True(written.RecordExists);
        Assert.True(read.RecordExists);
        Assert.Equal(written.ETag, read.ETag);
        Assert.Equal(7, read.State!.Number);
        Assert.Equal("a \"text\" with ünicode and \0", read.State!.Text);
    }

    [Fact]
    public async Task Write_MoreThanAPage_IsReadWhole()
    {
        GrainId grain = NewGrain();
        string text = new('x', 300_000);
        await WriteAsync(grain, null, 1, text);
        Assert.Equal(text, (await ReadAsync(grain)).State!.Text);
    }

    [Fact]
    public async Task Write_OverTheCurrentEtag_GivesAnother()
    {
        GrainId grain = NewGrain();
        IGrainState<StoredThing> first = await WriteAsync(grain, null, 1);
        string before = first.ETag!;
        IGrainState<StoredThing> second = await WriteAsync(grain, before, 2);
        Assert.NotEqual(before, second.ETag);
        Assert.Equal(2, (await ReadAsync(grain)).State!.Number);
    }

    [Fact]
    public async Task Write_OverAnOldEtag_IsRefusedAndChangesNothing()
    {
        GrainId grain = NewGrain();
        string old = (await WriteAsync(grain, null, 1)).ETag!;
        await WriteAsync(grain, old, 2);
        await Assert.ThrowsAnyAsync<InconsistentStateException>(() => WriteAsync(grain, old, 3));
        Assert.Equal(2, (await ReadAsync(grain)).State!.Number);
    }

    [Fact]
    public async Task Write_AsIfNothingWereThere_IsRefused()
    {
        GrainId grain = NewGrain();
        await WriteAsync(grain, null, 1);
        await Assert.ThrowsAnyAsync<InconsistentStateException>(() => WriteAsync(grain, null, 2));
        Assert.Equal(1, (await ReadAsync(grain)).State!.Number);
    }

    [Fact]
    public async Task Clear_WhatIsThere_LeavesNothing()
    {
        GrainId grain = NewGrain();
        IGrainState<StoredThing> state = await WriteAsync(grain, null, 1);
        await Storage.ClearStateAsync(StateName, grain, state);
        Assert.False(state.RecordExists);
        Assert.False((await ReadAsync(grain)).RecordExists);
        await WriteAsync(grain, (await ReadAsync(grain)).ETag, 2);
        Assert.Equal(2, (await ReadAsync(grain)).State!.Number);
    }

    [Fact]
    public async Task Clear_OverAnOldEtag_IsRefused()
    {
        GrainId grain = NewGrain();
        string old = (await WriteAsync(grain, null, 1)).ETag!;
        await WriteAsync(grain, old, 2);
        await Assert.ThrowsAnyAsync<InconsistentStateException>(() => Storage.ClearStateAsync(StateName, grain, State(old, 0)));
        Assert.Equal(2, (await ReadAsync(grain)).State!.Number);
    }

    [Fact]
    public async Task Clear_NothingThere_IsNoFault()
    {
        GrainId grain = NewGrain();
        IGrainState<StoredThing> state = await ReadAsync(grain);
        await Storage.ClearStateAsync(StateName, grain, state);
        Assert.False((await ReadAsync(grain)).RecordExists);
    }

    [Fact]
    public async Task Write_StatesOfOneGrainAndOfTwo_DoNotMeet()
    {
        GrainId one = NewGrain(), other = NewGrain();
        await WriteAsync(one, null, 1);
        await WriteAsync(other, null, 2);
        await Storage.WriteStateAsync("another", one, State(null, 3));
        Assert.Equal(1, (await ReadAsync(one)).State!.Number);
        Assert.Equal(2, (await ReadAsync(other)).State!.Number);
    }

    [Fact]
    public async Task Write_ByManyAtOnceOverOneEtag_OneWins()
    {
        GrainId grain = NewGrain();
        string etag = (await WriteAsync(grain, null, 0)).ETag!;
        bool[] won = await Task.WhenAll(Enumerable.Range(1, 16).Select(n => Task.Run(async () =>
        {
            try
            {
                await WriteAsync(grain, etag, n);
                return true;
            }
            catch (InconsistentStateException)
            {
                return false;
            }
        })));
        Assert.Single(won, true);
        Assert.Equal(Array.IndexOf(won, true) + 1, (await ReadAsync(grain)).State!.Number);
    }

    [Fact]
    public async Task Write_ByManyThatReadAgainWhenRefused_LosesNoIncrement()
    {
        GrainId grain = NewGrain();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            for (int done = 0; done < 10;)
            {
                IGrainState<StoredThing> state = await ReadAsync(grain);
                try
                {
                    await WriteAsync(grain, state.ETag, state.State!.Number + 1);
                    done++;
                }
                catch (InconsistentStateException)
                {
                    // Somebody else was first.
                }
            }
        })));
        Assert.Equal(80, (await ReadAsync(grain)).State!.Number);
    }

    private protected static GrainId NewGrain() => GrainId.Create("conformance", Guid.NewGuid().ToString("N") + "/with%escapes 'and' quotes");

    private protected Task<IGrainState<StoredThing>> ReadAsync(GrainId grain) => ReadAsync(Storage, grain);

    private protected static async Task<IGrainState<StoredThing>> ReadAsync(IGrainStorage storage, GrainId grain)
    {
        IGrainState<StoredThing> state = new GrainState<StoredThing> { State = new StoredThing() };
        await storage.ReadStateAsync(StateName, grain, state);
        return state;
    }

    private protected async Task<IGrainState<StoredThing>> WriteAsync(GrainId grain, string? etag, int number, string text = "")
    {
        IGrainState<StoredThing> state = State(etag, number, text);
        await Storage.WriteStateAsync(StateName, grain, state);
        return state;
    }

    private static IGrainState<StoredThing> State(string? etag, int number, string text = "") =>
        new GrainState<StoredThing> { State = new StoredThing { Number = number, Text = text }, ETag = etag!, RecordExists = etag is not null };
}
