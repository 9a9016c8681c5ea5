using Grainwatch.Hosting.Options;

namespace Grainwatch.Silo.Options;

/// <summary>One silo of a cluster.</summary>
public sealed class SiloSettings : SectionOptions
{
    public const string Section = "Grainwatch:Silo";

    /// <summary>
    /// The address that the other members reach it by: an IP address, a name that has one, or <c>auto</c> for the first of this machine
    /// that is not loopback. The default is loopback.
    /// </summary>
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>Port for other silos. The default is 11111.</summary>
    public int Port { get; set; } = 11_111;

    /// <summary>Port for gateways. The default is 30000.</summary>
    public int GatewayPort { get; set; } = 30_000;

    /// <summary>True: listens on every address of the machine, and is reached by <see cref="Address"/>.</summary>
    public bool ListensOnAll { get; set; }

    /// <summary>A rule file for a store that has no rules yet. Empty: the default set.</summary>
    public string Rules { get; set; } = "";

    /// <summary>Folder for what must survive a restart, where the membership is local.</summary>
    public string Data { get; set; } = ".grainwatch";

    /// <summary>
    /// How long a silo that is told to end may take to hand its endpoints over. The default is 30 s; 0 to 10 min. What ends it must
    /// wait longer.
    /// </summary>
    public TimeSpan DrainFor { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How often a copy of an endpoint's windows goes to the silo that would take it over; what is lost with a silo is at most that much.
    /// The default is 1 min; 10 s to 1 h, or 0 for never.
    /// </summary>
    public TimeSpan CheckpointEvery { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Share of the machine's memory beyond which calls from gateways are refused for the moment, in percent; what is there goes on. The default is 90; 10 to 99.
    /// </summary>
    public int MemoryPercentMax { get; set; } = 90;
}
