using System.Globalization;
using System.Text;

namespace Grainwatch.EndToEnd.Tests.Support;

/// <summary>A small recording in which three endpoints fall ill and recover, each before the one before it is well again.</summary>
internal static class SickFleet
{
    /// <summary>Incidents of one round.</summary>
    public const int IncidentsPerRound = 3;

    private const int BucketSeconds = 10;
    private const int RoundMinutes = 45;
    private static readonly string[] Endpoints = ["alpha", "beta", "gamma"];
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    /// <summary>Writes it into a folder.</summary>
    public static void Write(string folder, int rounds)
    {
        Directory.CreateDirectory(folder);
        string endpoints = string.Join(',', Endpoints.Select(e =>
            $$"""{"name":"{{e}}","instances":[{"id":"i-1","gpus":1}],"components":[{"name":"model","copies":[{"id":"0","instance":"i-1","gpus":[0]}]}]}"""));
        File.WriteAllText(Path.Combine(folder, "topology.json"), $$"""{"endpoints":[{{endpoints}}]}""");
        StringBuilder csv = new("time,entity,metric,value\n");
        for (int bucket = 0; bucket < rounds * RoundMinutes * 60 / BucketSeconds; bucket++)
        {
            string time = Start.AddSeconds(bucket * BucketSeconds).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
            int minute = bucket * BucketSeconds / 60 % RoundMinutes;
            for (int e = 0; e < Endpoints.Length; e++)
            {
                // 10 to 24, 13 to 27 and 16 to 30 minutes into the round.
                bool isSick = minute >= 10 + (3 * e) && minute < 24 + (3 * e);
                csv.Append(CultureInfo.InvariantCulture, $"{time},{Endpoints[e]}/model,requests,{40 + (bucket % 3)}\n");
                csv.Append(CultureInfo.InvariantCulture, $"{time},{Endpoints[e]}/model,errors_5xx,{(isSick ? 20 : 0)}\n");
                csv.Append(CultureInfo.InvariantCulture, $"{time},{Endpoints[e]}/model,latency,{1 + (0.01 * (bucket % 5))}\n");
                csv.Append(CultureInfo.InvariantCulture, $"{time},{Endpoints[e]}/i-1/0,gpu_utilization,{(isSick ? 0 : 0.7)}\n");
            }
        }

        File.WriteAllText(Path.Combine(folder, "metrics.csv"), csv.ToString());
    }
}
