using System.Collections.Concurrent;

namespace Grainwatch.Grains.Rehearsal;

/// <summary>
/// One thread that runs what is given to it and whatever follows from that. Compiling for most of a second on one of the few
/// threads of the pool would hold up everybody.
/// </summary>
internal sealed class RehearsalThread : TaskScheduler, IDisposable
{
    private readonly BlockingCollection<Task> _tasks = [];

    public RehearsalThread() => new Thread(Run) { IsBackground = true, Name = "grainwatch rehearsal" }.Start();

    public override int MaximumConcurrencyLevel => 1;

    /// <summary>Ends the thread once nothing waits for it.</summary>
    public void Dispose() => _tasks.CompleteAdding();

    protected override void QueueTask(Task task) => _tasks.Add(task);

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
