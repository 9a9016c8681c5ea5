using Orleans.Concurrency;

namespace Grainwatch.Grains.Interfaces.Configuration;

/// <summary>What people set at run time, for the whole cluster. Key: <see cref="TheOne"/>.</summary>
[Alias("grainwatch.IConfigurationGrain")]
public interface IConfigurationGrain : IGrainWithIntegerKey
{
    /// <summary>There is one.</summary>
    const long TheOne = 0;

    /// <summary>Every silence that has not ended.</summary>
    [Alias("GetSilences"), AlwaysInterleave]
    Task<SilenceBook> GetSilences(CancellationToken cancellationToken);

    /// <summary>Stores a silence and tells it to every endpoint. The same id again changes nothing.</summary>
    /// <param name="silence">A silence without fault.</param>
    /// <param name="version">Only if the silences stand there; null: whatever they are.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    [Alias("AddSilence")]
    Task<SilenceReceipt> AddSilence(SilenceView silence, long? version, CancellationToken cancellationToken);

    /// <summary>Ends a silence.</summary>
    [Alias("EndSilence")]
    Task<SilenceReceipt> EndSilence(string id, long? version, CancellationToken cancellationToken);
}
