using System.Collections.Concurrent;

namespace Grainwatch.Grains.Rehearsal;

/// <summary>
/// One thread that runs what is given to it and whatever follows from that. Compiling for most of a second on one of the few
/// threads of the pool would hold up everybody.
/// </summary>
internal sealed class RehearsalThread : TaskScheduler, IDisposable
{
    private readonly Lock _gate = new();
    private readonly BlockingCollection<Task> _tasks = [];
    private bool _isEnded;

    public RehearsalThread() => new Thread(Run) { IsBackground = true, Name = "grainwatch rehearsal" }.Start();

    public override int MaximumConcurrencyLevel => 1;

    /// <summary>Ends the thread once nothing waits for it.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isEnded = true;
            _tasks.CompleteAdding();
        }
    }

    /// <summary>What follows later, as when a connection of the rehearsal is closed by the other side, has the pool: a scheduler that refuses
    /// a task ends the process.</summary>
    protected override void QueueTask(Task task)
    {
        lock (_gate)
        {
            if (!_isEnded)
            {
                _tasks.Add(task);
                return;
            }
        }

        ThreadPool.UnsafeQueueUserWorkItem(_ => TryExecuteTask(task), null);
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks() => _tasks;

    private void Run()
    {
        foreach (Task task in _tasks.GetConsumingEnumerable())
        {
            TryExecuteTask(task);
        }

        _tasks.Dispose();
    }
}
