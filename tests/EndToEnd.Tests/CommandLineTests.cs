using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Grainwatch.EndToEnd.Tests.Support;

namespace Grainwatch.EndToEnd.Tests;

public sealed class CommandLineTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("grainwatch-cli").FullName;

    [Theory]
    [InlineData("frobnicate")]
    [InlineData("detect")]
    [InlineData("replay", "x", "--speed", "3")]
    [InlineData("up", "--port", "70000")]
    [InlineData("up", "--speed", "0")]
    public async Task WrongUsage_AnyVerb_ExitsWith2(params string[] arguments)
    {
        (int exit, string output, string error) = await GrainwatchProcess.RunAsync(arguments);
        Assert.Equal(2, exit);
        Assert.Equal("", output);
        Assert.NotEqual("", error);
    }

    [Fact]
    public async Task Replay_TwiceAndShuffledElsewhere_TheSameBytes()
    {
        string shuffled = Path.Combine(_folder, "shuffled");
        Directory.CreateDirectory(shuffled);
        Random random = new(20261124);
        foreach (string file in Directory.GetFiles(GrainwatchProcess.Bundled))
        {
            string name = Path.GetFileName(file);
            if (name.StartsWith("metrics", StringComparison.Ordinal) && name.EndsWith(".gz", StringComparison.Ordinal))
            {
                string[] rows = await ReadGzipAsync(file);
                string[] body = rows[1..];
                random.Shuffle(body);
                await File.WriteAllLinesAsync(Path.Combine(shuffled, name[..^3]), body.Prepend(rows[0]));
            }
            else
            {
                File.Copy(file, Path.Combine(shuffled, name));
            }
        }

        (int exit, string first, _) = await GrainwatchProcess.RunAsync(["replay", GrainwatchProcess.Bundled]);
        (_, string second, _) = await GrainwatchProcess.RunAsync(["replay", GrainwatchProcess.Bundled]);
        (_, string third, _) = await GrainwatchProcess.RunAsync(["replay", shuffled]);
        Assert.Equal(0, exit);
        Assert.Equal(first, second);
        Assert.Equal(first, third);
        JsonElement summary = JsonDocument.Parse(first.TrimEnd('\n').Split('\n')[^1]).RootElement;
        Assert.Equal(1, summary.GetProperty("incidents").GetInt32());
        Assert.Equal(1, summary.GetProperty("pages").GetInt32());
    }

    [Fact]
    public async Task Replay_OtherRules_AnotherResultThatNamesItsReasons()
    {
        string rules = Write("rules.yaml", """
            version: 1
            groups:
              - name: mine
                rules:
                  - id: my-queue
                    scope: component
                    raise: avg(queue_depth[1m]) > 20
                    for: 1m
                    severity: page
            """);
        (int exit, string output, string error) = await GrainwatchProcess.RunAsync(["replay", GrainwatchProcess.Bundled, "--rules", rules]);
        Assert.True(exit == 0, error);
        JsonElement[] lines = [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement)];
        JsonElement fired = Assert.Single(lines, l => l.GetProperty("type").GetString() == "transition" && l.GetProperty("to").GetString() == "Firing");
        Assert.Equal("my-queue", fired.GetProperty("rule").GetString());
        Assert.Contains("Queue depth", fired.GetProperty("evidence").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, lines[^1].GetProperty("pages").GetInt32());
    }

    [Fact]
    public async Task Detect_LevelShift_ScoresByThePastAlone()
    {
        IEnumerable<string> rows = Enumerable.Range(0, 900).Select(i => $"{1_700_000_000 + (300 * i)},{(i < 700 ? 10 + (i % 7) : 90 + (i % 7))}");
        string file = Write("series.csv", "timestamp,value\n" + string.Join('\n', rows) + "\n");
        (int exit, string output, _) = await GrainwatchProcess.RunAsync(["detect", file]);
        Assert.Equal(0, exit);
        string[] lines = output.TrimEnd('\n').Split('\n');
        Assert.Equal("timestamp,value,anomaly_score", lines[0]);
        double[] scores = [.. lines[1..].Select(l => double.Parse(l.Split(',')[2]))];
        Assert.Equal(900, scores.Length);
        Assert.DoesNotContain(scores[..700], s => s >= 0.5);
        Assert.Contains(scores[700..720], s => s >= 0.5);
    }

    [Fact]
    public async Task Detect_FromAFileGzippedOrPiped_TheSameLinesAndNothingBeside()
    {
        // A clock that is set back gives equal times; a blank value teaches nothing.
        string text = "timestamp,value\n10,1\n20,2\n20,3\n30,\n40,1\n";
        string packed = Path.Combine(_folder, "series.csv.gz");
        await using (GZipStream gzip = new(File.Create(packed), CompressionLevel.Fastest))
        {
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(text));
        }

        (int ExitCode, string Output, string Error) plain = await GrainwatchProcess.RunAsync(["detect", Write("series.csv", text)]);
        Assert.Equal((0, ""), (plain.ExitCode, plain.Error));
        Assert.Equal(6, plain.Output.TrimEnd('\n').Split('\n').Length);
        Assert.EndsWith(",0.000000", plain.Output.Split('\n')[4], StringComparison.Ordinal);
        Assert.Equal(plain, await GrainwatchProcess.RunAsync(["detect", packed]));
        Assert.Equal(plain, await GrainwatchProcess.RunAsync(["detect", "-"], text));
    }

    [Theory]
    [InlineData("time,value\n1,2\n", ":1:")]
    [InlineData("timestamp,value\n10,1\n5,1\n", ":3:")]
    [InlineData("timestamp,value\n10,many\n", ":2:")]
    public async Task Detect_BadInput_ExitsWith1AndNamesTheLine(string text, string place)
    {
        (int exit, _, string error) = await GrainwatchProcess.RunAsync(["detect", "-"], text);
        Assert.Equal(1, exit);
        Assert.Contains(place, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evaluate_OneBadLine_ReportsItAndGoesOn()
    {
        const string Good = """{"id":"a","time":"2026-01-05T00:00:00Z","endpoint":"e","component":"c","prompt":"Say it.","response":"My address is jane@example.com."}""";
        (int exit, string output, string error) = await GrainwatchProcess.RunAsync(["evaluate", "-"], $"{Good}\nnot json\n{Good.Replace("\"a\"", "\"b\"", StringComparison.Ordinal)}\n");
        Assert.Equal(1, exit);
        Assert.Contains(":2:", error, StringComparison.Ordinal);
        JsonElement[] cards = [.. output.TrimEnd('\n').Split('\n').Select(l => JsonDocument.Parse(l).RootElement)];
        Assert.Equal(["a", "b"], cards.Select(c => c.GetProperty("id").GetString()));
        Assert.Equal("EMAIL", cards[0].GetProperty("scores").GetProperty("privacy").GetProperty("findings")[0].GetProperty("type").GetString());
    }

    [Fact]
    public async Task Diagnose_TheBundledIncident_NamesItsFirstCause()
    {
        (int exit, string output, string error) = await GrainwatchProcess.RunAsync(
            ["diagnose", GrainwatchProcess.Bundled, "--target", "chat/assist", "--at", "2026-03-02T09:40:00Z"]);
        Assert.True(exit == 0, error);
        JsonElement document = JsonDocument.Parse(output).RootElement;
        Assert.Equal("quality-caused-load", document.GetProperty("pattern").GetString());
        Assert.Equal("integrity", document.GetProperty("causes")[0].GetProperty("metric").GetString());
    }

    [Theory]
    [InlineData("calm/model", "2026-03-02T09:50:00Z", 3)]
    [InlineData("nowhere", "2026-03-02T09:50:00Z", 2)]
    [InlineData("calm", "yesterday", 2)]
    public async Task Diagnose_NothingToSayOrWrongUsage_ExitCodeSaysWhich(string target, string at, int expected)
    {
        Write("topology.json", """{"endpoints":[{"name":"calm","instances":[{"id":"i-1","gpus":1}],"components":[{"name":"model"}]}]}""");
        long start = DateTimeOffset.Parse("2026-03-02T09:00:00Z").ToUnixTimeSeconds();
        Write("metrics.csv", "time,entity,metric,value\n" + string.Concat(Enumerable.Range(0, 360).Select(i =>
            $"{start + (10 * i)},calm/model,latency,{1 + (0.01 * (i % 5))}\n{start + (10 * i)},calm/model,requests,{40 + (i % 3)}\n")));
        (int exit, _, string error) = await GrainwatchProcess.RunAsync(["diagnose", _folder, "--target", target, "--at", at]);
        Assert.True(exit == expected, error);
    }

    [Fact]
    public async Task RulesCheck_ABrokenFile_NamesLineAndReason()
    {
        string file = Write("broken.yaml", "version: 1\ngroups:\n  - name: g\n    rules:\n      - id: r\n        scope: component\n        raise: avg(kv_cache_usage[2m]) >> 3\n");
        (int exit, string output, string error) = await GrainwatchProcess.RunAsync(["rules", "check", file]);
        Assert.Equal(1, exit);
        Assert.Equal("", output);
        Assert.Contains("broken.yaml:7:", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Firing", 0)]
    [InlineData("Normal", 1)]
    public async Task RulesTest_Expectation_DecidesTheExitCode(string state, int expected)
    {
        string file = Write("test.yaml", $$"""
            interval: 10s
            tests:
              - name: pressure
                series:
                  - { entity: chat/assist, metric: kv_cache_usage, values: "60%x30 97%x60" }
                expect:
                  - { at: 4m, rule: kv-pressure, state: Normal }
                  - { at: 12m, rule: kv-pressure, state: {{state}} }
            """);
        (int exit, _, string error) = await GrainwatchProcess.RunAsync(["rules", "test", file]);
        Assert.True(exit == expected, error);
    }

    [Fact]
    public async Task Replay_NoSuchRecording_ExitsWith1AndSaysWhy()
    {
        (int exit, string output, string error) = await GrainwatchProcess.RunAsync(["replay", Path.Combine(_folder, "nothing")]);
        Assert.Equal(1, exit);
        Assert.Equal("", output);
        Assert.Contains("no such folder", error, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task<string[]> ReadGzipAsync(string file)
    {
        using StreamReader reader = new(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
        return (await reader.ReadToEndAsync()).TrimEnd('\n').Split('\n');
    }

    private string Write(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
