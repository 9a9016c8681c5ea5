using Grainwatch.Grains.Interfaces.Endpoints;

namespace Grainwatch.Grains.Baselines;

/// <summary>Stores baselines: what decides first, then what is shown. It is called when an endpoint wakes and twice a minute at the
/// most.</summary>
[CollectionAgeLimit(Minutes = 5)]
public sealed class BaselineGrain(
    [PersistentState("head")] IPersistentState<BaselineState> head,
    [PersistentState("history")] IPersistentState<BaselineState> history) : Grain, IBaselineGrain
{
    public Task<BaselineBook> Read(CancellationToken cancellationToken) =>
        Task.FromResult(IsNewer ? new BaselineBook([], []) : new BaselineBook(head.State.Document, history.State.Document));

    public async Task Keep(BaselineBook book, CancellationToken cancellationToken)
    {
        if (IsNewer)
        {
            return;
        }

        try
        {
            head.State = new BaselineState { Document = book.Head };
            await head.WriteStateAsync(cancellationToken);
            history.State = new BaselineState { Document = book.History };
            await history.WriteStateAsync(cancellationToken);
        }
        catch
        {
            // What is held here may not be what is stored: read it again before the next word.
            DeactivateOnIdle();
            throw;
        }
    }

    public async Task Forget(CancellationToken cancellationToken)
    {
        await head.ClearStateAsync(cancellationToken);
        await history.ClearStateAsync(cancellationToken);
        (head.State, history.State) = (new BaselineState(), new BaselineState());
    }

    private bool IsNewer => head.State.Schema > BaselineState.SchemaNow || history.State.Schema > BaselineState.SchemaNow;
}
