using Grainwatch.Grains.Interfaces.Views;
using Grainwatch.Signals.Alerts;
using Grainwatch.Signals.Monitoring;

namespace Grainwatch.Grains.Correlation;

/// <summary>Makes what people read of where an alert stands.</summary>
internal static class AlertExplanationViews
{
    public static AlertExplanationView View(AlertExplanation explanation)
    {
        AlertInstance? alert = explanation.Alert;
        AlertClocks clocks = alert?.Episode ?? AlertClocks.None;
        return new AlertExplanationView(
            (alert?.State ?? AlertState.Unknown).ToString(),
            explanation.State.ToString(),
            clocks.EpisodeId,
            clocks.Onset,
            clocks.Held.TotalSeconds,
            clocks.Kept.TotalSeconds,
            alert?.IsStale ?? false,
            alert?.FaultedSince is not null,
            explanation.Incident?.Id,
            explanation.Incident is { } incident ? Words.Of(incident.Severity) : null,
            explanation.Incident?.Acknowledgement?.By,
            [.. explanation.Suppressions.Select(s => s.ToString())],
            [.. explanation.Silences.Select(s => s.Id)],
            [.. explanation.Receivers.Select(r => new ReceiverWordView(r.Receiver, r.State.ToString(), r.NotBefore, r.SentAt))]);
    }
}
