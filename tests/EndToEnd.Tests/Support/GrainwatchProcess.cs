using System.Diagnostics;
using System.Threading.Channels;

namespace Grainwatch.EndToEnd.Tests.Support;

/// <summary>The real executable. Lines of its standard output are awaited as they come; nothing here sleeps.</summary>
internal sealed class GrainwatchProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly Process _process;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

    private GrainwatchProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, e) =>
        {
            if (e.Data is null)
            {
                _lines.Writer.TryComplete();
            }
            else
            {
                _lines.Writer.TryWrite(e.Data);
            }
        };
        process.ErrorDataReceived += (_, e) => ErrorText += e.Data + "\n";
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public static string Executable => Path.Combine(AppContext.BaseDirectory, "grainwatch");

    public static string Bundled => Path.Combine(AppContext.BaseDirectory, "recordings", "endless-output");

    public string ErrorText { get; private set; } = "";

    public int ExitCode => _process.ExitCode;

    public static GrainwatchProcess Start(params string[] arguments) => new(Process.Start(Info(arguments))!);

    /// <summary>With AWS at another address, and credentials that nobody checks.</summary>
    public static GrainwatchProcess StartWithAws(string url, params string[] arguments) => new(Process.Start(WithAws(Info(arguments), url))!);

    /// <summary>Runs a command to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(string[] arguments, string? input = null, string? aws = null)
    {
        using CancellationTokenSource deadline = new(Patience);
        using Process process = Process.Start(aws is null ? Info(arguments) : WithAws(Info(arguments), aws))!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(deadline.Token);
        Task<string> error = process.StandardError.ReadToEndAsync(deadline.Token);
        if (input is not null)
        {
            await process.StandardInput.WriteAsync(input);
        }

        process.StandardInput.Close();
        await process.WaitForExitAsync(deadline.Token);
        return (process.ExitCode, await output, await error);
    }

    /// <summary>Reads lines until one contains a text.</summary>
    /// <exception cref="Xunit.Sdk.XunitException">It did not come; the message says what did.</exception>
    public async Task<string> LineAsync(string text)
    {
        using CancellationTokenSource deadline = new(Patience);
        List<string> seen = [];
        try
        {
            await foreach (string line in _lines.Reader.ReadAllAsync(deadline.Token))
            {
                seen.Add(line);
                if (line.Contains(text, StringComparison.Ordinal))
                {
                    return line;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Told below, with what came instead.
        }

        throw new Xunit.Sdk.XunitException($"no line with '{text}' came; came:\n{string.Join('\n', seen)}\n{ErrorText}");
    }

    /// <summary>The address that <c>up</c> says it listens on.</summary>
    public async Task<Uri> AddressAsync()
    {
        string line = await LineAsync("listening on ");
        string url = line[(line.IndexOf("http", StringComparison.Ordinal))..];
        return new Uri(url[..url.IndexOf("/api", StringComparison.Ordinal)]);
    }

    /// <summary>Asks the process to end, as an operating system does, and waits for it.</summary>
    public async Task<int> TerminateAsync()
    {
        using CancellationTokenSource deadline = new(Patience);
        using Process kill = Process.Start("kill", ["-TERM", _process.Id.ToString()]);
        await kill.WaitForExitAsync(deadline.Token);
        await _process.WaitForExitAsync(deadline.Token);
        return _process.ExitCode;
    }

    /// <summary>Lets the process live for a while, unless it ends before.</summary>
    public async Task EndedWithinAsync(TimeSpan span)
    {
        using CancellationTokenSource deadline = new(span);
        try
        {
            await _process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            // It lives.
        }
    }

    /// <summary>Ends the process as kill -9 does: it has no say in it.</summary>
    public async Task KillAsync()
    {
        using CancellationTokenSource deadline = new(Patience);
        _process.Kill();
        await _process.WaitForExitAsync(deadline.Token);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private static ProcessStartInfo WithAws(ProcessStartInfo info, string url)
    {
        info.Environment["AWS_ENDPOINT_URL"] = url;
        info.Environment["AWS_ACCESS_KEY_ID"] = info.Environment["AWS_SECRET_ACCESS_KEY"] = "test";
        return info;
    }

    private static ProcessStartInfo Info(string[] arguments)
    {
        ProcessStartInfo info = new(Executable) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (string argument in arguments)
        {
            info.ArgumentList.Add(argument);
        }

        return info;
    }
}
