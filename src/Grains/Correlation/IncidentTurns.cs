using System.Collections.Immutable;
using Grainwatch.Grains.Delivery;
using Grainwatch.Grains.Interfaces.Correlation;
using Grainwatch.Grains.Interfaces.Views;
using Grainwatch.Signals;
using Grainwatch.Signals.Alerts;
using Grainwatch.Signals.Correlation;
using Grainwatch.Signals.Monitoring;
using Grainwatch.Signals.Ports;
using Grainwatch.Signals.Rules;
using Grainwatch.Signals.Topology;
using Grainwatch.Signals.Windows;

namespace Grainwatch.Grains.Correlation;

/// <summary>
/// Carries out what the incident desk decides: explain, write, and only then tell and hand out. One turn, one write; the
/// attempts at notifications run outside and come back as answers.
/// </summary>
internal sealed class IncidentTurns(
    string key,
    IncidentDesk desk,
    CorrelationStore store,
    IncidentHistory history,
    Func<Timestamp, Task<SeriesData[]>> export,
    DeliveryWorker delivery,
    IEnumerable<IStoryListener> listeners,
    TimeProvider time)
{
    public IncidentDesk Desk { get; } = desk;

    public IncidentHistory History { get; } = history;

    public TestPages Tests { get; } = new();

    /// <summary>True: something is on its way or waits for its time, so the clock must not stop when nobody reports.</summary>
    public bool HasOpenWork => store.IsUnwritten
        || Desk.Context.HasWatchdog
        || !Desk.State.IsQuiet;

    /// <summary>Takes up what is stored of an endpoint.</summary>
    /// <exception cref="FormatException">The key is no entity key.</exception>
    public static IncidentTurns Begin(
        string key,
        RuleSet rules,
        string activation,
        CorrelationStore store,
        EndpointAlertsState? carried,
        Func<Timestamp, Task<SeriesData[]>> export,
        DeliveryWorker delivery,
        IEnumerable<IStoryListener> listeners,
        TimeProvider time)
    {
        EntityId id = EntityId.ParseKey(key);
        string name = id.ToString();
        AlertContext context = AlertContextFactory.Create(name, rules, TopologyMap.Empty, MonitorOptions.Default.Windows.Interval, activation) with
        {
            AreSilencesLoaded = false,
        };
        IncidentDesk desk = new(carried ?? store.ReadHead() ?? EndpointAlertsState.Empty(name), WatchedOnce(context), CorrelatorOptions.Default);
        IncidentHistory history = store.ReadHistory();
        history.CatchUp(desk.State, Timestamp.FromDateTimeOffset(time.GetUtcNow()));
        return new IncidentTurns(key, desk, store, history, export, delivery, listeners, time);
    }

    /// <summary>One sign of life for the cluster, not one for each endpoint.</summary>
    private static AlertContext WatchedOnce(AlertContext context) => context.Endpoint == OwnEndpoint.Name ? context : context with
    {
        Receivers = context.Receivers.ToImmutableDictionary(r => r.Key, r => r.Value with { IsWatchdog = false }, StringComparer.Ordinal),
    };

    /// <summary>Judges by other rules from now on, and ends what they no longer ask for.</summary>
    public Task UseAsync(RuleSet rules, Timestamp now)
    {
        Desk.Context = WatchedOnce(AlertContextFactory.With(Desk.Context, rules, MonitorOptions.Default.Windows.Interval));
        return TakeAsync(desk => desk.Sweep(rules, now), now);
    }

    /// <summary>Takes verdicts in and lets time pass: one write for both.</summary>
    public async Task ReportAsync(IReadOnlyList<Verdict> verdicts, Timestamp now)
    {
        List<StoryEvent> story = await ExplainAsync(Desk.Fold(verdicts, now), now);
        await TickAsync(now, story);
    }

    /// <summary>Lets time pass.</summary>
    public Task TickAsync(Timestamp now) => TickAsync(now, []);

    /// <summary>Takes something else in that a person asked for, and lets time pass.</summary>
    public async Task TakeAsync(Func<IncidentDesk, DeskStep> input, Timestamp now) => await TickAsync(now, await ExplainAsync(input(Desk), now));

    /// <summary>Takes in what became of an attempt.</summary>
    public async Task AnswerAsync(DeliveryAnswer answer, Timestamp now)
    {
        Tests.Attempted(Desk.State.Rows.GetValueOrDefault(answer.NotificationId), answer);
        DeskStep step = Desk.Answer(answer.NotificationId, answer.Answer, answer.MessageId, now);
        store.MustWrite(step.MustWrite);
        History.Note(answer.NotificationId, answer.Answer.ToString());
        await store.TryWriteAsync(Desk.State, now);
        await TellAsync(step.Story, step.Finished);
    }

    /// <summary>Keeps what somebody thinks of an incident; it is stored when this returns.</summary>
    /// <returns>What became of it, and the incident's pattern where it was taken.</returns>
    public async Task<(FeedbackOutcome Outcome, string Pattern)> GiveFeedbackAsync(string incidentId, FeedbackView word)
    {
        FeedbackOutcome outcome = History.Add(incidentId, word, out string pattern);
        if (outcome != FeedbackOutcome.Taken || await store.WriteHistoryAsync(History))
        {
            return (outcome, pattern);
        }

        History.Remove(incidentId, word.Id);
        return (FeedbackOutcome.NotStored, "");
    }

    /// <summary>From when a silence that was taken in now holds, by the clock on the wall: after whatever is on its way.</summary>
    public Timestamp SilentFrom(Timestamp now, Timestamp wall)
    {
        Timestamp from = wall + (EndpointAlerts.SilenceEffectiveFrom(Desk.State, now, now) - now);
        return delivery.IsUnderWay(key) ? Timestamp.Max(from, wall + Publishing.Patience) : from;
    }

    private async Task TickAsync(Timestamp now, List<StoryEvent> story)
    {
        EndpointAlertsState before = Desk.State;
        DeskStep step = Desk.Tick(now);
        List<StoryEvent> told = await ExplainAsync(step, now);
        if (!await store.TryWriteAsync(Desk.State, now))
        {
            // What the tick decided is decided again by the next one; only what may go out unrecorded stays.
            step = Desk.TickUnrecorded(before, store.RefusedSince!.Value, now);
            told = await ExplainAsync(step, now);
        }

        foreach (EndpointEffect.PublishWanted wanted in step.Publish)
        {
            Post(wanted, now);
        }

        await TellAsync([.. story, .. told], step.Finished);
    }

    private void Post(EndpointEffect.PublishWanted wanted, Timestamp now)
    {
        if (delivery.Post(key, wanted, now) is PostOutcome.GroupIsBusy or PostOutcome.ReceiverIsFull)
        {
            store.MustWrite(Desk.Answer(wanted.Row.Id, PublishAnswer.RefusedForNow, null, now).MustWrite);
        }
    }

    private async Task<List<StoryEvent>> ExplainAsync(DeskStep step, Timestamp now)
    {
        store.MustWrite(step.MustWrite || step.Diagnoses.Count > 0);
        List<StoryEvent> story = [.. step.Story];
        SeriesData[] series = step.Diagnoses.Count == 0 ? [] : await export(now);
        foreach (EndpointEffect.DiagnosisWanted wanted in step.Diagnoses)
        {
            story.AddRange(Desk.Diagnose(wanted, series, now).Story);
        }

        return story;
    }

    private async Task TellAsync(IReadOnlyList<StoryEvent> story, IReadOnlyList<OutboxRow> finished)
    {
        Timestamp wallClock = Timestamp.FromDateTimeOffset(time.GetUtcNow());
        foreach (StoryEvent line in StoryCompaction.Compact(story))
        {
            bool isNews = History.Add(line, wallClock);
            foreach (IStoryListener listener in isNews ? listeners : [])
            {
                listener.Tell(line);
            }
        }

        Tests.Finished(finished);
        foreach (OutboxRow row in finished.Where(r => r.Status != OutboxStatus.Sent))
        {
            History.Note(row.Id, row.Status.ToString());
        }

        await store.WriteHistoryAsync(History);
    }
}
