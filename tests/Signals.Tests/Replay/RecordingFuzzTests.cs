using System.Text;
using Grainwatch.Signals.Replay;
using Xunit.Abstractions;

namespace Grainwatch.Signals.Tests.Replay;

/// <summary>Broken recordings: a line and a reason, never a crash or a hang.</summary>
public sealed class RecordingFuzzTests(ITestOutputHelper output)
{
    private const int DefaultRuns = 2_000;
    private const int Seed = 20260302;

    private static readonly string[] Nasty =
    [
        "\0", "\n", "\"", ",", ",,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,", "1e999", "-1e308", "NaN", "Infinity", "999999999999999999999999", "{", "}", "[[[[[[", "]",
        "null", "true", "\\ud800", "\uFEFF", "é", "\r", "\t", "-", ":", "1970-13-45T99:99:99Z", "9999-12-31T23:59:59.999Z", "\"copies\":", "\"gpus\":-1", "chat/c:assist",
    ];

    private static readonly (string File, byte[] Bytes)[] Valid =
    [
        ("topology.json", Encoding.UTF8.GetBytes(RecordingFolder.Topology)),
        ("metrics.csv", Encoding.UTF8.GetBytes("time,entity,metric,value,arrival\n10,chat,x,1,\n1970-01-01T00:00:20Z,chat/assist,vllm:prompt_tokens_total,5,30\n30,chat/i-1/0,GPUUtilization,40.5,\n")),
        ("metrics-2.csv.gz", RecordingFolder.Gzip(string.Concat(Enumerable.Range(0, 200).Select(i => i == 0 ? "time,entity,metric,value\n" : $"{i},chat,y,{i * 31 % 17}.5\n")))),
        ("samples.jsonl", Encoding.UTF8.GetBytes("""{"id":"a","time":1,"endpoint":"chat","component":"assist","prompt":"p","response":"r","outputTokens":3,"latencyMs":1.5}""" + "\n")),
        ("scores.csv", Encoding.UTF8.GetBytes("time,entity,dimension,score,probability,stratum,judge\n1,chat/assist,safety,0.5,0.25,s,j\n")),
    ];

    [Fact]
    public void Read_MutatedRecordings_ReportsAndNeverThrowsAnythingElse()
    {
        int runs = int.TryParse(Environment.GetEnvironmentVariable("GRAINWATCH_TEST_STEPS"), out int steps) ? Math.Max(steps / 100, DefaultRuns) : DefaultRuns;
        output.WriteLine($"seed {Seed}, {runs} recordings");
        Random random = new(Seed);
        int refused = 0;
        int reported = 0;
        using RecordingFolder folder = new();
        for (int run = 0; run < runs; run++)
        {
            foreach ((string file, byte[] bytes) in Valid)
            {
                folder.Write(file, bytes);
            }

            (string broken, byte[] original) = Valid[random.Next(Valid.Length)];
            folder.Write(broken, Mutate(original, random));
            try
            {
                Recording recording = folder.Read(RecordingLimits.Default with { CsvLineBytes = 500, SampleLineBytes = 2_000, FileBytes = 100_000 });
                reported += recording.ProblemCount > 0 ? 1 : 0;
                Assert.All(recording.Problems, p => Assert.False(string.IsNullOrWhiteSpace(p.Reason)));
                Assert.All(recording.Metrics.Values.ToArray(), v => Assert.True(double.IsFinite(v)));
                Assert.Equal(64, recording.Hash.Length);
            }
            catch (RecordingException e)
            {
                refused++;
                Assert.False(string.IsNullOrWhiteSpace(e.Message));
            }
        }

        output.WriteLine($"{refused} refused, {reported} read with problems, {runs - refused - reported} still valid");
        Assert.InRange(refused, 1, runs - 1);
        Assert.InRange(reported, 1, runs - 1);
    }

    private static byte[] Mutate(byte[] original, Random random)
    {
        List<byte> bytes = [.. original];
        int changes = 1 + random.Next(4);
        for (int i = 0; i < changes && bytes.Count > 0; i++)
        {
            int at = random.Next(bytes.Count);
            switch (random.Next(6))
            {
                case 0:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                case 1:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(Nasty[random.Next(Nasty.Length)]));
                    break;
                case 3:
                    bytes.RemoveRange(at, Math.Min(bytes.Count - at, 1 + random.Next(8)));
                    break;
                case 4:
                    bytes.InsertRange(at, new byte[random.Next(1_000)]);
                    break;
                default:
                    bytes.InsertRange(at, bytes[..random.Next(at + 1)]);
                    break;
            }
        }

        return [.. bytes];
    }
}
