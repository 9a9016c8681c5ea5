using System.Collections.Concurrent;

namespace Grainwatch.Storage.Sqlite;

/// <summary>
/// Takes writes from everywhere and carries them out on one thread, all that wait in one transaction: however many grains
/// write at once, the disk is waited for once.
/// </summary>
internal sealed class WriteQueue : IDisposable
{
    /// <summary>Writes that wait at the most; beyond it a write is refused, and its grain tries again.</summary>
    public const int WaitingMax = 16_384;

    /// <summary>Writes of one transaction at the most.</summary>
    public const int BatchMax = 256;

    private readonly StateTable _table;
    private readonly BlockingCollection<StateWrite> _waiting = new(WaitingMax);
    private readonly Thread _writer;

    public WriteQueue(StateTable table)
    {
        _table = table;
        _writer = new Thread(Run) { Name = "grainwatch-store", IsBackground = true };
        _writer.Start();
    }

    public Task<long?> WriteAsync(StateWrite write)
    {
        if (_waiting.IsAddingCompleted || !_waiting.TryAdd(write))
        {
            throw new IOException(_waiting.IsAddingCompleted ? "the store is closed" : $"{WaitingMax} writes wait for the store");
        }

        return write.Done;
    }

    /// <summary>Waits until everything that was accepted is written.</summary>
    public void Dispose()
    {
        _waiting.CompleteAdding();
        _writer.Join();
        _waiting.Dispose();
        _table.Dispose();
    }

    private void Run()
    {
        List<StateWrite> batch = new(BatchMax);
        foreach (StateWrite first in _waiting.GetConsumingEnumerable())
        {
            batch.Clear();
            batch.Add(first);
            while (batch.Count < BatchMax && _waiting.TryTake(out StateWrite? next))
            {
                batch.Add(next);
            }

            Carry(batch);
        }
    }

    private void Carry(List<StateWrite> batch)
    {
        try
        {
            long?[] etags = _table.Write(batch);
            for (int i = 0; i < batch.Count; i++)
            {
                batch[i].Complete(etags[i]);
            }
        }
#pragma warning disable CA1031 // Whatever the file or the disk does is an answer to those who wait, and never ends the thread.
        catch (Exception e)
#pragma warning restore CA1031
        {
            foreach (StateWrite write in batch)
            {
                write.Fail(new IOException($"the store refused to write: {e.Message}", e));
            }
        }
    }
}
