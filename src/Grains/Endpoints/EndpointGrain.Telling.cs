using Grainwatch.Grains.Interfaces.Endpoints;
using Grainwatch.Grains.Interfaces.Fleet;
using Grainwatch.Grains.Interfaces.Views;
using Grainwatch.Signals;
using Grainwatch.Signals.Rules;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Grains.Endpoints;

/// <content>What its correlation grain and its shard hear of it.</content>
public sealed partial class EndpointGrain
{
    private async Task TellAsync(IReadOnlyList<Verdict> verdicts, Timestamp end)
    {
        foreach (IGrouping<Truth, Verdict> told in verdicts.GroupBy(v => v.Truth))
        {
            instruments.Judged(told.Key.ToString(), told.Count());
        }

        try
        {
            // While all is at rest a row that brings no verdict has nothing to tell: each is said again every 30 s.
            if (verdicts.Count > 0 || !_incidents.IsAtRest || _topologyTold != TopologyNumber)
            {
                await ReportAsync([.. verdicts], end);
            }
        }
        catch (Exception e)
        {
            // Whatever went wrong there (a store, a silo) is no reason to refuse a point that is in its window already: the
            // verdicts are told again with the next heartbeat.
            LogNotTold(logger, verdicts.Count, _monitor.Id, e);
        }
    }

    private async Task ReportAsync(Verdict[] verdicts, Timestamp end)
    {
        int number = TopologyNumber;
        IncidentCount? open = await _correlation.Report(verdicts, end, Topology(isWhole: number != _topologyTold), CancellationToken.None);
        open ??= await _correlation.Report(verdicts, end, Topology(isWhole: true), CancellationToken.None);
        (_incidents, _topologyTold) = (open ?? _incidents, number);
    }

    private TopologyVersion Topology(bool isWhole) => new(TopologyNumber, isWhole ? TopologyWriter.Write(_monitor.Topology) : null, _clock);

    private async Task ReportToFleetAsync(CancellationToken cancellationToken)
    {
        _reportedAt = time.GetTimestamp();
        _hasNews = false;
        WatchedSeries[]? watched = _watch.News();
        _isReported = await _shard.Report(Line(), watched, cancellationToken);
        if (_isReported)
        {
            _watch.Told(watched);
        }
        else
        {
            _watch.NotTold();
        }
    }
}
