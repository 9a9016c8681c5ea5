using System.Collections.Immutable;

namespace Grainwatch.Signals.Alerts;

/// <summary>The alerts of one endpoint as one pure function: what a correlation grain holds and steps.</summary>
/// <remarks>
/// Verdicts, diagnoses and acknowledgements change what is known. Only ticks tell: they are asked of the state alone, so
/// whatever was lost between two steps (a write, a process, an effect) is decided again by the next tick. The shell
/// writes the state under its etag and carries out the effects after that; an activation whose write is refused because
/// another one wrote throws its state away and loads it anew.
/// </remarks>
public static class EndpointAlerts
{
    public static EndpointStep Step(EndpointAlertsState state, EndpointInput input, AlertContext context, Timestamp now)
    {
        EndpointRun run = new(state, context, now);
        switch (input)
        {
            case EndpointInput.Verdicts verdicts:
                VerdictFolding.Fold(run, verdicts.Batch);
                break;
            case EndpointInput.Tick:
                VerdictFolding.Tick(run);
                Tell(run, unrecordedSince: null);
                break;
            case EndpointInput.StoreRefused refused:
                VerdictFolding.Tick(run);
                Tell(run, refused.Since);
                break;
            case EndpointInput.Diagnosed diagnosed:
                IncidentFolding.Diagnose(run, diagnosed);
                break;
            case EndpointInput.Acknowledged acknowledged:
                IncidentFolding.Acknowledge(run, acknowledged);
                break;
            case EndpointInput.Answered answered:
                OutboxFolding.Answer(run, answered);
                break;
            case EndpointInput.RuleChanged changed:
                VerdictFolding.ChangeRule(run, changed);
                break;
            case EndpointInput.RuleRemoved removed:
                VerdictFolding.End(run, a => Same(a.RuleId, removed.RuleId), AlertReason.RuleRemoved);
                break;
            case EndpointInput.Unselected unselected:
                VerdictFolding.End(run, a => Same(a.RuleId, unselected.RuleId) && a.Entity == unselected.Entity, AlertReason.Unselected);
                break;
            case EndpointInput.Retired retired:
                VerdictFolding.End(run, a => IncidentReach.IsWithin(a.Entity, retired.Entity), AlertReason.Retired);
                break;
            case EndpointInput.TestRequested test:
                OutboxFolding.PlanTest(run, test);
                break;
        }

        return run.Finish();
    }

    /// <summary>From when a new silence holds here: after whatever is being published at this moment.</summary>
    public static Timestamp SilenceEffectiveFrom(EndpointAlertsState state, Timestamp wanted, Timestamp now) => state.Rows.Values
        .Where(r => r.Status == OutboxStatus.Claimed)
        .Select(r => Timestamp.Min(r.ClaimedUntil ?? now, now + Outbox.ClaimFor))
        .Append(Timestamp.Max(wanted, now))
        .Max();

    /// <summary>From what is open, over what is held back and how it is gathered, to what goes out.</summary>
    private static void Tell(EndpointRun run, Timestamp? unrecordedSince)
    {
        ImmutableArray<Notifiable> notifiable = Notifiables.Open(run);
        if (notifiable.IsEmpty && run.State.IsQuiet && run.Context is { Composites.IsEmpty: true, HasWatchdog: false })
        {
            // Most endpoints at most times: nothing is open, nothing was told, nothing waits.
            return;
        }

        OutboxFolding.Expire(run);
        ImmutableArray<Notifiable> open = SuppressionStage.Judge(run, notifiable);
        Grouping grouping = Grouping.Assign(run, open);
        OutboxFolding.PlanHeartbeats(run);
        if (run.Context.AreSilencesLoaded)
        {
            OutboxFolding.PlanGroups(run, grouping);
            OutboxFolding.Claim(run, grouping, unrecordedSince);
        }

        Grouping.Prune(run, grouping);
        IncidentFolding.Prune(run);
    }

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.Ordinal);
}
