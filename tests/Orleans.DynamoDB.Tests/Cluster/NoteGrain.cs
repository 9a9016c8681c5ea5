using Grainwatch.DynamoDB.Tests.Storage;
using Orleans;
using Orleans.Placement;
using Orleans.Runtime;

namespace Grainwatch.DynamoDB.Tests.Cluster;

/// <inheritdoc cref="INoteGrain"/>
[HashBasedPlacement]
public sealed class NoteGrain([PersistentState("note")] IPersistentState<Note> note, ILocalSiloDetails silo) : Grain, INoteGrain
{
    public async Task<string> Write(string text)
    {
        note.State.Text = text;
        await note.WriteStateAsync();
        return note.Etag!;
    }

    public Task<string> Read() => Task.FromResult(note.State.Text);

    public Task<string> Where() => Task.FromResult(silo.SiloAddress.ToParsableString());
}
