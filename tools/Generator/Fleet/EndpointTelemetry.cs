using Grainwatch.Generator.Engine;
using Grainwatch.Signals;
using Grainwatch.Signals.Replay;

namespace Grainwatch.Generator.Fleet;

/// <summary>Writes what CloudWatch would send of an endpoint as a whole.</summary>
public static class EndpointTelemetry
{
    public static IEnumerable<MetricRow> Rows(FleetModel fleet, EndpointSpec endpoint, Timestamp time)
    {
        List<ComponentModel> components = [.. fleet.Components.Where(c => c.Id.Endpoint == endpoint.Name)];
        List<EngineInterval> parts = [.. components.SelectMany(c => c.Copies).Select(c => c.Engine.Interval)];
        double[] microseconds = [.. parts.SelectMany(p => p.Finished).Select(f => Math.Round(f.LatencySeconds * 1e6)).Order()];
        yield return new MetricRow(time, endpoint.Name, "Invocations", parts.Sum(p => p.Arrived));
        yield return new MetricRow(time, endpoint.Name, "Invocation5XXErrors", parts.Sum(p => p.Failed));
        if (microseconds.Length > 0)
        {
            yield return new MetricRow(time, endpoint.Name, "ModelLatency", Math.Round(microseconds.Average()));
            double p99 = microseconds[(int)Math.Ceiling(0.99 * microseconds.Length) - 1];
            yield return new MetricRow(time, endpoint.Name, "ModelLatency.p99", p99);
        }
    }
}
