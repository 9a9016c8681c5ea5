using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Grainwatch.Cluster.Tests.Support;

/// <summary>Keeps every line of a log, with its values and exceptions, at every level.</summary>
internal sealed class LogLines : ILoggerProvider
{
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly Lock _gate = new();
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IEnumerable<string> All => _lines;

    /// <summary>Waits until there is a line that holds a text.</summary>
    public async Task<string> FirstAsync(string text)
    {
        while (true)
        {
            Task more;
            lock (_gate)
            {
                more = _more.Task;
            }

            if (_lines.FirstOrDefault(l => l.Contains(text, StringComparison.Ordinal)) is { } line)
            {
                return line;
            }

            await more.WaitAsync(TimeSpan.FromSeconds(30));
        }
    }

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
    }

    private void Add(string line)
    {
        _lines.Enqueue(line);
        lock (_gate)
        {
            _more.TrySetResult();
            _more = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private sealed class Logger(LogLines lines, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            string values = state is IEnumerable<KeyValuePair<string, object?>> pairs ? string.Join(' ', pairs.Select(p => $"{p.Key}={p.Value}")) : "";
            lines.Add($"{logLevel} {category} {eventId.Name}: {formatter(state, exception)} {values} {exception}");
        }
    }
}
