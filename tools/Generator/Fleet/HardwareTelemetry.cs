using Grainwatch.Signals;
using Grainwatch.Signals.Replay;

namespace Grainwatch.Generator.Fleet;

/// <summary>Writes what the exporters of GPUs and hosts would send of an interval.</summary>
public sealed class HardwareTelemetry(FleetModel fleet, ulong seed)
{
    private const double FullClockMhz = 1_980;
    private const double ClockStepMhz = 15;

    private readonly Dice _dice = Dice.For(seed, "hardware");

    public IEnumerable<MetricRow> Rows(Timestamp time, double seconds)
    {
        foreach (InstanceModel instance in fleet.Instances)
        {
            double busy = 0;
            foreach (GpuModel gpu in instance.Gpus)
            {
                gpu.Observe(fleet.UtilizationOf(gpu, seconds), seconds);
                busy += gpu.Utilization / instance.Gpus.Count;
                foreach (MetricRow row in GpuRows(gpu, time))
                {
                    yield return row;
                }
            }

            double cpu = 0.10 + (0.22 * busy) + instance.ExtraCpu + (0.012 * _dice.Normal());
            double memory = 0.46 + (0.02 * busy) + instance.LeakedMemory + (0.0015 * _dice.Normal());
            yield return new MetricRow(time, instance.Entity, "CPUUtilization", Percent(cpu));
            yield return new MetricRow(time, instance.Entity, "MemoryUtilization", Percent(memory));
            yield return new MetricRow(time, instance.Entity, "DiskUtilization", 37.5);
        }
    }

    private IEnumerable<MetricRow> GpuRows(GpuModel gpu, Timestamp time)
    {
        double noise = _dice.Normal();
        double warmth = _dice.Normal();
        if (gpu.Gone)
        {
            yield break;
        }

        double reservedMib = (gpu.ShownMemory ?? gpu.ReservedShare) * gpu.MemoryMib;
        double used = Math.Round(Math.Clamp(reservedMib + gpu.LeakedMib + (3 * noise), 0, gpu.MemoryMib));
        double shown = gpu.ShownUtilization is null ? gpu.Utilization + (0.015 * noise) : gpu.Utilization;
        double clock = Math.Round(FullClockMhz * gpu.ClockShare / ClockStepMhz) * ClockStepMhz;
        yield return new MetricRow(time, gpu.Entity, "DCGM_FI_DEV_GPU_UTIL", Math.Round(100 * Math.Clamp(shown, 0, 1)));
        yield return new MetricRow(time, gpu.Entity, "DCGM_FI_DEV_FB_USED", used);
        yield return new MetricRow(time, gpu.Entity, "DCGM_FI_DEV_FB_FREE", gpu.MemoryMib - used);
        yield return new MetricRow(time, gpu.Entity, "GPUMemoryUtilization", Percent(used / gpu.MemoryMib));
        yield return new MetricRow(time, gpu.Entity, "DCGM_FI_DEV_GPU_TEMP", Math.Round(gpu.TemperatureC + (0.6 * warmth)));
        yield return new MetricRow(time, gpu.Entity, "DCGM_FI_DEV_POWER_USAGE", Math.Round(gpu.Watts + (4 * noise), 1));
        yield return new MetricRow(time, gpu.Entity, "DCGM_FI_DEV_SM_CLOCK", clock);
        yield return new MetricRow(time, gpu.Entity, "DCGM_FI_DEV_XID_ERRORS", gpu.Xid);
        yield return new MetricRow(time, gpu.Entity, "DCGM_FI_DEV_ECC_DBE_VOL_TOTAL", gpu.EccTotal);
        yield return new MetricRow(time, gpu.Entity, "DCGM_FI_DEV_THERMAL_VIOLATION", Math.Round(gpu.ThrottledNanoseconds));
    }

    private static double Percent(double share) => Math.Round(100 * Math.Clamp(share, 0, 1), 2);
}
