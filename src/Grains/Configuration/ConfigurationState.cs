using Grainwatch.Grains.Interfaces.Configuration;

namespace Grainwatch.Grains.Configuration;

/// <summary>What is stored of the configuration.</summary>
[GenerateSerializer, Alias("grainwatch.configuration-state")]
public sealed class ConfigurationState
{
    [Id(0)]
    public long Version { get; set; }

    [Id(1)]
    public List<StoredSilence> Silences { get; set; } = [];
}
