using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Grainwatch.Benchmarks.Load;

/// <summary>A page of results below tests/Benchmarks/Results: what was measured, on what, by which command.</summary>
internal sealed class ResultPage(string name, string title, string command)
{
    private const string Folder = "tests/Benchmarks/Results";
    private readonly string _loadBefore = Load();
    private readonly string _commit = Commit();
    private readonly DateTimeOffset _begun = DateTimeOffset.UtcNow;
    private readonly List<string> _parts = [];

    public void Text(string text) => _parts.Add(text);

    public void Table(IEnumerable<string> header, IEnumerable<IEnumerable<string>> rows)
    {
        string[] head = [.. header];
        IEnumerable<string> lines = [Row(head), "|" + string.Concat(Enumerable.Repeat("---|", head.Length)), .. rows.Select(Row)];
        _parts.Add(string.Join('\n', lines));
    }

    /// <summary>Writes the page where the repository is the working folder, and prints it.</summary>
    public async Task WriteAsync(TextWriter output)
    {
        TimeSpan took = DateTimeOffset.UtcNow - _begun;
        string head = string.Create(CultureInfo.InvariantCulture,
            $"# {title}\n\nCommit {_commit}, {_begun:yyyy-MM-dd HH:mm} UTC, {Environment.ProcessorCount} cores {RuntimeInformation.OSArchitecture} ({Processor()}), .NET {Environment.Version}, machine load {_loadBefore} before and {Load()} after, took {took.TotalMinutes:0.0} min. `{command}`\n");
        string text = head + "\n" + string.Join("\n\n", _parts) + "\n";
        await output.WriteAsync(text);
        if (Directory.Exists(Folder))
        {
            await File.WriteAllTextAsync(Path.Combine(Folder, $"{name}.md"), text);
        }
    }

    private static string Row(IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |";

    private static string Load() => File.ReadAllText("/proc/loadavg").Split(' ')[0];

    private static string Processor() => File.ReadLines("/proc/cpuinfo")
        .FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "unknown";

    private static string Commit()
    {
        string head = Git("rev-parse", "--short=12", "HEAD");
        return head + (Git("status", "--porcelain", "--", "src", "tests", ":!tests/Benchmarks/Results").Length > 0 ? "+" : "");
    }

    private static string Git(params string[] arguments)
    {
        using Process git = Process.Start(new ProcessStartInfo("git", arguments) { RedirectStandardOutput = true })!;
        string said = git.StandardOutput.ReadToEnd().Trim();
        git.WaitForExit();
        return said;
    }
}
