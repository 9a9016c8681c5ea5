using System.Diagnostics;
using Grainwatch.EndToEnd.Tests.Support;

namespace Grainwatch.EndToEnd.Tests;

/// <summary>Running it: options, telemetry.</summary>
public sealed class OperationTests
{
    [Fact]
    public async Task Up_WithFaultsInItsConfiguration_NamesThemAllAndEndsWith2()
    {
        string path = Path.GetTempFileName();
        await File.WriteAllTextAsync(path, """
            {
              // Four faults: three in two sections, and a section that is none.
              "Grainwatch": {
                "Limit": { "BodyBytesMax": 1024 },
                "Limits": { "BodyBytesMax": -1, "Bodies": 3 },
                "Mapping": { "Endpoint": ["app"], "Component": ["app"] },
              }
            }
            """);
        (int exit, string output, string error) = await GrainwatchProcess.RunAsync(["up", "--port", "0", "--no-recording", "--config", path]);
        File.Delete(path);
        Assert.Equal(2, exit);
        Assert.Equal("", output);
        string[] lines = error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(4, lines.Length);
        Assert.Contains(lines, l => l.StartsWith("Grainwatch:Limit is no section", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.StartsWith("Grainwatch:Limits:BodyBytesMax is -1", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.StartsWith("Grainwatch:Limits:Bodies is no option", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.StartsWith("Grainwatch:Mapping:Component holds 'app'", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("nothing.json", null)]
    [InlineData("broken.json", "{")]
    public async Task Up_WithAConfigurationThatCannotBeRead_SaysSoAndEndsWith2(string name, string? content)
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("grainwatch-config").FullName, name);
        if (content is not null)
        {
            await File.WriteAllTextAsync(path, content);
        }

        (int exit, _, string error) = await GrainwatchProcess.RunAsync(["up", "--port", "0", "--no-recording", "--config", path]);
        Assert.Equal(2, exit);
        Assert.StartsWith(path, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Up_Metrics_SatisfyPromtool()
    {
        string prometheus = Environment.GetEnvironmentVariable("GRAINWATCH_PROMETHEUS")
            ?? throw new InvalidOperationException("GRAINWATCH_PROMETHEUS does not name Debian's prometheus; ./test.sh sets it");
        using DataFolder folder = new();
        await using GrainwatchProcess up = GrainwatchProcess.Start("up", "--port", "0", "--data", folder.Path, "--speed", "600");
        using HttpClient http = new() { BaseAddress = await up.AddressAsync() };
        await up.LineAsync("PAGE");
        string text = await http.GetStringAsync("/metrics");
        foreach (string name in (string[])
            [
                "grainwatch_points_accepted_total", "grainwatch_verdicts_total", "grainwatch_alert_transitions_total", "grainwatch_notification_attempts_total",
                "grainwatch_evaluator_answers_total", "grainwatch_evaluator_scores_total", "dotnet_gc_collections_total", "orleans_",
            ])
        {
            Assert.Contains($"\n{name}", text, StringComparison.Ordinal);
        }

        using Process promtool = Process.Start(new ProcessStartInfo(Path.Combine(Path.GetDirectoryName(prometheus)!, "promtool"), ["check", "metrics"])
        {
            RedirectStandardInput = true, RedirectStandardError = true, RedirectStandardOutput = true,
        })!;
        await promtool.StandardInput.WriteAsync(text);
        promtool.StandardInput.Close();
        Task<string> output = promtool.StandardOutput.ReadToEndAsync();
        string said = await promtool.StandardError.ReadToEndAsync() + await output;
        await promtool.WaitForExitAsync();

        // 3: it reads every line and has remarks on names; those of the runtime and of Orleans are not ours to choose.
        Assert.True(promtool.ExitCode is 0 or 3, said);
        Assert.DoesNotContain("grainwatch_", said, StringComparison.Ordinal);
    }
}
