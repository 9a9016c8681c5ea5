namespace Grainwatch.Generator.Engine;

/// <summary>What acts on an engine during one step, besides its load. Neutral unless a scenario says otherwise.</summary>
public sealed class EngineConditions
{
    /// <summary>Speed of its slowest GPU and of whatever else slows it; 1 is normal.</summary>
    public double Speed { get; set; } = 1.0;

    /// <summary>Share of the KV pool that is lost to leaked blocks.</summary>
    public double LeakedPool { get; set; }

    /// <summary>The loop of the engine stands still: requests stay, nothing comes out.</summary>
    public bool Stalled { get; set; }

    /// <summary>Share of the arriving requests that fail at once.</summary>
    public double FailShare { get; set; }

    /// <summary>Every request fails, those inside too.</summary>
    public bool Down { get; set; }

    public void Reset()
    {
        Speed = 1.0;
        LeakedPool = 0.0;
        Stalled = false;
        FailShare = 0.0;
        Down = false;
    }
}
