namespace Grainwatch.Generator.Fleet;

/// <summary>One GPU: what others see of it.</summary>
public sealed class GpuModel(string entity, int memoryMib)
{
    private const double IdleWatts = 78;
    private const double BusyWatts = 265;
    private const double AmbientC = 34;
    private const double DegreesPerWatt = 0.11;
    private const double ThermalSeconds = 60;

    public string Entity { get; } = entity;

    public int MemoryMib { get; } = memoryMib;

    /// <summary>Speed of the chip, 1 is normal: the slowest one of a copy sets the pace of all.</summary>
    public double Speed { get; set; } = 1.0;

    /// <summary>MiB lost to a leak.</summary>
    public double LeakedMib { get; set; }

    /// <summary>Utilisation that a fault shows, whatever runs; null: what runs shows.</summary>
    public double? ShownUtilization { get; set; }

    /// <summary>Memory share that a fault shows; null: what runs shows.</summary>
    public double? ShownMemory { get; set; }

    /// <summary>Last XID of the driver, 0 for none; stays until the driver is loaded again.</summary>
    public int Xid { get; set; }

    public double EccTotal { get; set; }

    public double ThrottledNanoseconds { get; set; }

    /// <summary>Fallen off the bus: no metric comes from it.</summary>
    public bool Gone { get; set; }

    /// <summary>Share of the clock that is left.</summary>
    public double ClockShare { get; set; } = 1.0;

    /// <summary>Degrees that a fault of cooling adds.</summary>
    public double ExtraC { get; set; }

    /// <summary>Share of memory that weights and pool take.</summary>
    public double ReservedShare { get; set; } = 0.86;

    public double Utilization { get; private set; }

    public double Watts { get; private set; } = IdleWatts;

    public double TemperatureC { get; private set; } = AmbientC + (IdleWatts * DegreesPerWatt);

    public void Reset()
    {
        Speed = 1.0;
        LeakedMib = 0.0;
        ShownUtilization = null;
        ShownMemory = null;
        Gone = false;
        ClockShare = 1.0;
        ExtraC = 0.0;
    }

    public void Observe(double utilization, double seconds)
    {
        Utilization = ShownUtilization ?? utilization;
        Watts = IdleWatts + (BusyWatts * Utilization * ClockShare);
        double target = AmbientC + (Watts * DegreesPerWatt) + ExtraC;
        TemperatureC += (target - TemperatureC) * Math.Min(1.0, seconds / ThermalSeconds);
    }
}
