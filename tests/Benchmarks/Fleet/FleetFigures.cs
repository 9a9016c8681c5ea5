using System.Globalization;
using Grainwatch.Benchmarks.Load;

namespace Grainwatch.Benchmarks.Fleet;

/// <summary>What was measured at one size of the fleet; null or empty: not measured.</summary>
internal sealed class FleetFigures(int endpoints)
{
    public int Endpoints { get; } = endpoints;

    public BulkFigures InOrder { get; } = new();

    public BulkFigures Scattered { get; } = new();

    public double ResidentBytesOfSeries { get; set; }

    public double ResidentBytesOfSeriesCollected { get; set; }

    public double HeapBytesOfSeries { get; set; }

    public double IdleCpu { get; set; }

    public double AgentCpu { get; set; }

    public double OwnCpu { get; set; }

    public Latencies Page { get; set; } = new();

    public Latencies PageOfAgent { get; set; } = new();

    public Latencies PageOfDefaults { get; set; } = new();

    public Latencies State { get; set; } = new();

    public Latencies Worst { get; set; } = new();

    public int Lost { get; set; }

    public double Rejected { get; set; }

    public long Late { get; set; }

    public List<string> Errors { get; } = [];

    /// <summary>Samples a second, and processor time a sample.</summary>
    internal sealed class BulkFigures
    {
        /// <summary>Of the first tick, which makes every series known.</summary>
        public double Registration { get; set; }

        public Rate Judged { get; set; }

        public Rate Backlog { get; set; }
    }

    /// <param name="SamplesPerSecond">On the wall.</param>
    /// <param name="CpuOfMillion">Processor seconds of the server a million samples.</param>
    /// <param name="Samples">Over how many.</param>
    internal readonly record struct Rate(double SamplesPerSecond, double CpuOfMillion, long Samples)
    {
        public static Rate Of(long samples, (double Cpu, double Wall) took) => new(samples / took.Wall, took.Cpu / samples * 1e6, samples);

        public override string ToString() => Samples == 0
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $"{CpuOfMillion:0.000} ({SamplesPerSecond:N0}/s, n {Samples:N0})");
    }
}
