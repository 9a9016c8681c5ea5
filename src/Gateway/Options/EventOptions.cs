using Grainwatch.Hosting.Options;

namespace Grainwatch.Gateway.Options;

/// <summary>How much of the story is kept for those who come back to the stream of events.</summary>
public sealed class EventOptions : SectionOptions
{
    public const string Section = "Grainwatch:Events";

    /// <summary>How long an event is kept. The default is 10 min; 1 s to 24 h.</summary>
    public TimeSpan Kept { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Events that are kept at the most. The default is 10,000; 1 to 1 million.</summary>
    public int KeptMax { get; set; } = 10_000;

    /// <summary>Bytes of kept events at the most. The default is 32 MiB; 64 KiB to 1 GiB.</summary>
    public int KeptBytesMax { get; set; } = 32 << 20;

    /// <summary>Streams that may be open at a time. The default is 100; 1 to 10,000.</summary>
    public int ViewersMax { get; set; } = 100;

    /// <summary>How often a stream without events says that it lives. The default is 15 s; 1 s to 5 min.</summary>
    public TimeSpan Heartbeat { get; set; } = TimeSpan.FromSeconds(15);
}
