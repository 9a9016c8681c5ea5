using System.Diagnostics;

namespace Grainwatch.EndToEnd.Tests.Cluster;

/// <summary>A silo or a gateway: a process on a machine of the lab that is started again and again.</summary>
/// <param name="name">For messages.</param>
/// <param name="host">Its machine.</param>
/// <param name="executable">Its name.</param>
/// <param name="arguments">Of the command line.</param>
/// <param name="log">A file to which its output is added.</param>
/// <param name="aws">Where AWS is, but for DynamoDB.</param>
internal sealed class LabMember(string name, LabHost host, string executable, string[] arguments, string log, string aws) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private readonly Lock _writing = new();
    private Process? _process;

    public string Name => name;

    public LabHost Host => host;

    /// <summary>Folder of the executable that the next start takes.</summary>
    public string Binaries { get; set; } = AppContext.BaseDirectory;

    public bool IsRunning => _process is { HasExited: false };

    public void Start()
    {
        _process?.Dispose();
        ProcessStartInfo info = new("ip") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in (string[])["netns", "exec", host.Namespace, Path.Combine(Binaries, executable), .. arguments])
        {
            info.ArgumentList.Add(argument);
        }

        info.Environment["AWS_ACCESS_KEY_ID"] = info.Environment["AWS_SECRET_ACCESS_KEY"] = "test";
        info.Environment["AWS_ENDPOINT_URL"] = aws;
        _process = Process.Start(info)!;
        _process.OutputDataReceived += (_, e) => Write(e.Data);
        _process.ErrorDataReceived += (_, e) => Write(e.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>It has no say in it.</summary>
    public async Task KillAsync()
    {
        using CancellationTokenSource deadline = new(Patience);
        _process!.Kill();
        await _process.WaitForExitAsync(deadline.Token);
    }

    /// <summary>It is asked to end, as an operating system does before an update.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> TerminateAsync()
    {
        using CancellationTokenSource deadline = new(Patience);
        Signal("TERM");
        await _process!.WaitForExitAsync(deadline.Token);
        return _process.ExitCode;
    }

    /// <summary>All its threads stand still, with sockets open.</summary>
    public void Freeze() => Signal("STOP");

    public void Thaw() => Signal("CONT");

    public async ValueTask DisposeAsync()
    {
        if (IsRunning)
        {
            Thaw();
            await KillAsync();
        }

        _process?.Dispose();
    }

    private void Signal(string signal)
    {
        // It may end by itself just now; then there is nobody to be told.
        using Process kill = Process.Start(new ProcessStartInfo("kill", [$"-{signal}", $"{_process!.Id}"]) { RedirectStandardError = true })!;
        kill.WaitForExit();
    }

    private void Write(string? line)
    {
        if (line is not null)
        {
            lock (_writing)
            {
                File.AppendAllText(log, $"{DateTime.UtcNow:HH:mm:ss.fff} {line}\n");
            }
        }
    }
}
