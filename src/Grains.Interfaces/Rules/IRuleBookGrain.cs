using Grainwatch.Grains.Interfaces.Views;
using Orleans.Concurrency;

namespace Grainwatch.Grains.Interfaces.Rules;

/// <summary>Reads out the rules that the silos judge by. Key: 0.</summary>
[Alias("grainwatch.IRuleBookGrain")]
public interface IRuleBookGrain : IGrainWithIntegerKey
{
    [Alias("Read"), ReadOnly]
    Task<RuleBookView> Read(CancellationToken cancellationToken);
}
