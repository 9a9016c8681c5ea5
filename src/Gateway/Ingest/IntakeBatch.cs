using Grainwatch.Gateway.Problems;
using Grainwatch.Grains.Interfaces.Endpoints;
using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Replay;
using Grainwatch.Signals.Topology;
using Orleans.Runtime;

namespace Grainwatch.Gateway.Ingest;

/// <summary>What a request holds, sorted by the endpoint whose it is, with what was refused on the way.</summary>
public sealed class IntakeBatch
{
    /// <summary>Refusals that are told one by one; all are counted.</summary>
    public const int MaxErrors = 100;

    private readonly Dictionary<EntityId, List<SeriesWrite>> _byOwner = [];
    private readonly List<PartialError> _errors = [];

    /// <summary>The silo that wants to hear where the series of this request live; null: none does.</summary>
    public SiloAddress? Receiver { get; init; }

    /// <summary>What there is nothing to keep of: taken, and forgotten.</summary>
    public int Ignored { get; private set; }

    public int Rejected { get; private set; }

    public IReadOnlyList<PartialError> Errors => _errors;

    public IReadOnlyDictionary<EntityId, List<SeriesWrite>> ByOwner => _byOwner;

    public void Add(SeriesWrite write)
    {
        ArgumentNullException.ThrowIfNull(write);
        EntityId owner = EndpointRows.OwnerOf(write.Series.Entity);
        if (!_byOwner.TryGetValue(owner, out List<SeriesWrite>? batch))
        {
            _byOwner[owner] = batch = [];
        }

        batch.Add(write);
    }

    public void Ignore(int count = 1) => Ignored += count;

    public void Reject(int index, string? series, string code, string detail, int count = 1)
    {
        Rejected += count;
        if (_errors.Count < MaxErrors)
        {
            _errors.Add(new PartialError(index, series, code, detail));
        }
    }

    /// <summary>Refuses what its labels rule out.</summary>
    /// <returns>True when there is something to keep.</returns>
    public bool Admit(SeriesMapping mapping, int index, string? series, int samples)
    {
        ArgumentNullException.ThrowIfNull(mapping);
        switch (mapping.Outcome)
        {
            case MappingOutcome.Mapped or MappingOutcome.Unmapped:
                return true;
            case MappingOutcome.Ignored:
                Ignore(samples);
                return false;
            case MappingOutcome.NoName:
                Reject(index, series, nameof(MappingOutcome.NoName), "the series has no name", Math.Max(1, samples));
                return false;
            default:
                Reject(index, series, mapping.Outcome.ToString(), "a bucket without a bound that can be read", Math.Max(1, samples));
                return false;
        }
    }
}
