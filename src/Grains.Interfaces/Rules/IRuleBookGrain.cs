using Grainwatch.Grains.Interfaces.Views;
using Orleans.Concurrency;

namespace Grainwatch.Grains.Interfaces.Rules;

/// <summary>Keeps the rules that the cluster judges by, with their versions. Key: <see cref="TheOne"/>.</summary>
[Alias("grainwatch.IRuleBookGrain")]
public interface IRuleBookGrain : IGrainWithIntegerKey
{
    /// <summary>There is one.</summary>
    const long TheOne = 0;

    /// <summary>The rules in force, for people.</summary>
    [Alias("Read"), AlwaysInterleave]
    Task<RuleBookView> Read(CancellationToken cancellationToken);

    /// <summary>The rules in force, for a silo.</summary>
    /// <param name="known">The version that the silo has; nothing but numbers is answered when it is that.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    [Alias("GetText"), AlwaysInterleave]
    Task<RuleText> GetText(long known, CancellationToken cancellationToken);

    /// <summary>Versions that are remembered, the newest first, without their texts.</summary>
    [Alias("GetVersions"), AlwaysInterleave]
    Task<RuleVersionView[]> GetVersions(CancellationToken cancellationToken);

    /// <summary>One version with its text, as far as it is kept; null: it is not remembered.</summary>
    [Alias("GetVersion"), AlwaysInterleave]
    Task<RuleVersionView?> GetVersion(long number, CancellationToken cancellationToken);

    /// <summary>Checks, stores and tells other rules.</summary>
    [Alias("Change")]
    Task<RuleReceipt> Change(RuleChange change, CancellationToken cancellationToken);
}
