using Grainwatch.Gateway.Problems;
using Grainwatch.Grains.Interfaces.Endpoints;
using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Replay;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Gateway.Ingest;

/// <summary>Maps source series to entities and hands each endpoint its part, in one call.</summary>
public sealed class SeriesIntake(IGrainFactory grains)
{
    /// <summary>Endpoints that are written at the same time, for one request.</summary>
    private const int Parallelism = 16;

    private readonly PrometheusSeriesMapper _mapper = new();

    public async Task<IntakeResult> WriteAsync(IReadOnlyList<RemoteWriteSeries> request, CancellationToken cancellationToken)
    {
        Dictionary<EntityId, List<SeriesWrite>> byOwner = [];
        List<PartialError> errors = [];
        int rejected = 0;
        int ignored = 0;
        for (int i = 0; i < request.Count; i++)
        {
            RemoteWriteSeries series = request[i];
            SeriesMapping mapping = _mapper.Map(series.Labels);
            switch (mapping.Outcome)
            {
                case MappingOutcome.Mapped or MappingOutcome.Unmapped:
                    EntityId owner = EndpointRows.OwnerOf(mapping.Key!.Entity);
                    if (!byOwner.TryGetValue(owner, out List<SeriesWrite>? batch))
                    {
                        byOwner[owner] = batch = [];
                    }

                    batch.Add(ToWrite(mapping, series));
                    break;
                case MappingOutcome.Ignored:
                    ignored += series.Values.Length;
                    break;
                default:
                    rejected += Math.Max(1, series.Values.Length);
                    errors.Add(new PartialError(i, Name(series), mapping.Outcome.ToString(), "the series has no name, or a bucket without a bound"));
                    break;
            }
        }

        int accepted = ignored;
        using SemaphoreSlim gate = new(Parallelism);
        WriteReceipt[] receipts = await Task.WhenAll(byOwner.Select(async part =>
        {
            await gate.WaitAsync(cancellationToken);
            try
            {
                return await grains.GetGrain<IEndpointGrain>(part.Key.Key).Write([.. part.Value], cancellationToken);
            }
            finally
            {
                gate.Release();
            }
        }));
        foreach ((EntityId owner, WriteReceipt receipt) in byOwner.Keys.Zip(receipts))
        {
            accepted += receipt.Accepted;
            rejected += receipt.Rejected;
            errors.AddRange(receipt.Reasons.Select(reason => new PartialError(-1, owner.ToString(), "refused", reason)));
        }

        return new IntakeResult(accepted, rejected, errors);
    }

    private static SeriesWrite ToWrite(SeriesMapping mapping, RemoteWriteSeries series)
    {
        double[] values = mapping.Scale == 1 ? series.Values : [.. series.Values.Select(v => v * mapping.Scale)];
        return new SeriesWrite(mapping.Key!, mapping.IsCumulative, series.TimesUnixMs, values, mapping.HistogramPart, mapping.UpperBound, mapping.Part);
    }

    private static string? Name(RemoteWriteSeries series) => series.Labels.FirstOrDefault(l => l.Key == "__name__").Value;
}
