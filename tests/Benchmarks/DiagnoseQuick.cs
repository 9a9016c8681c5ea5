using System.Diagnostics;
using System.Globalization;
using Grainwatch.Signals.Correlation;

namespace Grainwatch.Benchmarks;

/// <summary>The figure of <see cref="DiagnoseBenchmark"/> in seconds rather than minutes: the slower of its two cases.</summary>
internal static class DiagnoseQuick
{
    private const int WarmUps = 30;
    private const int Runs = 101;

    public static void Print(TextWriter output)
    {
        (double median, double most) slower = default;
        foreach (bool incident in new[] { false, true })
        {
            DiagnosisRequest request = DiagnoseBenchmark.Request(incident);
            double[] milliseconds = new double[Runs];
            for (int run = -WarmUps; run < Runs; run++)
            {
                long start = Stopwatch.GetTimestamp();
                Correlator.Diagnose(request);
                if (run >= 0)
                {
                    milliseconds[run] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                }
            }

            Array.Sort(milliseconds);
            double median = milliseconds[Runs / 2];
            slower = median > slower.median ? (median, milliseconds[^1]) : slower;
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"diagnose, 88 series, 1 h of 10-s points: median {slower.median:0.00} ms, longest {slower.most:0.00} ms of {Runs} runs"));
    }
}
