using System.Text;
using System.Text.Json;
using Grainwatch.Signals.Alerts;
using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Rules;
using Grainwatch.Signals.Topology;
using static Grainwatch.Signals.Tests.Alerts.AlertFixtures;

namespace Grainwatch.Signals.Tests.Alerts.Endpoints;

/// <summary>The stories of single pages, from verdict to publisher and back.</summary>
public sealed class EndpointAlertsTests
{
    private readonly List<OutboxRow> _sent = [];
    private readonly List<EndpointEffect> _effects = [];
    private readonly List<AlertDecision> _decisions = [];
    private EndpointAlertsState _state = EndpointAlertsState.Empty(Endpoint);
    private AlertContext _context = Context();
    private PublishAnswer _answer = PublishAnswer.Accepted;

    [Fact]
    public void Step_OneEpisode_OnePageWithItsCauseAndOneEnd()
    {
        Say(60, Verdict(Truth.True, 0, 60));
        Diagnose(60);
        Tick(60);
        Say(200, Verdict(Truth.False, 70, 200));
        Tick(200);
        Tick(400);
        Tick(401);

        Assert.Equal(["Firing First", "Resolved AllResolved"], _sent.Select(r => $"{r.Kind} {r.Why}"));
        NotificationBody body = _effects.OfType<EndpointEffect.PublishWanted>().First().Body;
        Assert.Equal("kv_cache_usage", Assert.Single(Assert.Single(body.Incidents).Causes).Metric.Text);
        Assert.Empty(_state.Incidents);
        Assert.Empty(_state.Rows);
    }

    [Fact]
    public void Step_DiagnosisIsLate_PageWaitsThatLongAndThenGoesAlone()
    {
        _context = _context with { Limits = AlertLimits.Default with { DiagnosisWait = TimeSpan.FromSeconds(20) } };
        Say(60, Verdict(Truth.True, 0, 60));
        Tick(70);
        Assert.Empty(_sent);
        Tick(80);
        Assert.Single(_sent);

        // The cause that comes later is told as news of the page, once, and never as another page.
        Diagnose(90);
        Tick(390);
        Diagnose(400, metric: "queue_depth");
        Tick(800);
        Assert.Equal([NotificationKind.Firing, NotificationKind.Update], _sent.Select(r => r.Kind));
    }

    [Fact]
    public void Step_VerdictOfAnOlderActivation_IsDroppedAndCounted()
    {
        Say(60, Verdict(Truth.True, 0, 60, epoch: new VerdictEpoch(2, At(0), "b")));
        Say(70, Verdict(Truth.False, 0, 70, epoch: new VerdictEpoch(1, At(0), "a")));

        Assert.Equal(AlertState.Firing, Assert.Single(_state.Instances.Values).State);
        Assert.Equal(1, _state.Counters[AlertCounter.VerdictLowerEpoch]);
    }

    [Fact]
    public void Step_NewSpeakerIsWarming_ItsFalseIsNotBelievedForAWhile()
    {
        Say(60, Verdict(Truth.True, 0, 60));
        VerdictEpoch next = new(3, At(61), "b");
        Say(70, Verdict(Truth.False, 61, 70, epoch: next, isWarming: true));
        Assert.Equal(AlertState.Firing, Assert.Single(_state.Instances.Values).State);
        Say(251, Verdict(Truth.False, 61, 251, epoch: next, isWarming: true));
        Assert.Equal(AlertState.Normal, Assert.Single(_state.Instances.Values).State);
    }

    [Fact]
    public void Step_ConditionIsChangedAndChangedBack_IsAnotherEpisode()
    {
        HashSet<string?> episodes = [];
        for (int time = 0; time < 4; time++)
        {
            Do(new EndpointInput.RuleChanged("kv-pressure", true, [Verdict(Truth.True, 0, 60)]), 61 + time);
            Assert.Equal(AlertState.Firing, Assert.Single(_state.Instances.Values).State);
            Assert.True(episodes.Add(Assert.Single(_state.Instances.Values).Clocks.EpisodeId));
            Do(new EndpointInput.RuleChanged("kv-pressure", true, [Verdict(Truth.False, 0, 60)]), 61 + time);
            Assert.Equal(AlertState.Normal, Assert.Single(_state.Instances.Values).State);
        }
    }

    [Fact]
    public void Step_UnrelatedAndLate_OpensAnotherIncident()
    {
        _context = Context(Policy(), Policy("queue-growth")) with { Limits = AlertLimits.Default };
        Say(60, Verdict(Truth.True, 0, 60));
        Say(800, Verdict(Truth.True, 700, 800, "queue-growth", Other));
        Assert.Equal(2, _state.Incidents.Count);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 2)]
    public void Step_LateButOnADependencyPath_JoinsTheIncident(bool isConnected, int incidents)
    {
        TopologyMap map = new([], [], isConnected ? [new DependencyEdge(Other, EntityId.ForNode("db")), new DependencyEdge(EntityId.ForNode("db"), Component)] : []);
        _context = Context(Policy(), Policy("queue-growth")) with { Topology = map };
        Say(60, Verdict(Truth.True, 0, 60));
        Say(800, Verdict(Truth.True, 700, 800, "queue-growth", Other));
        Assert.Equal(incidents, _state.Incidents.Count);
    }

    [Fact]
    public void Step_SeverityRises_IsToldAgainInItsOwnGroupAndUnacknowledged()
    {
        _context = Context(Policy(severity: Severity.Warn), Policy("errors"));
        Say(60, Verdict(Truth.True, 0, 60));
        Tick(60);
        Tick(90);
        string incident = Assert.Single(_state.Incidents.Keys);
        Do(new EndpointInput.Acknowledged(incident, "anna"), 95);
        Say(100, Verdict(Truth.True, 30, 100, "errors", Component));
        Tick(100);

        Assert.Equal(["log Warn First", "oncall Page First"], _sent.Select(r => $"{r.Receiver} {r.Severity} {r.Why}"));
        Assert.Null(_state.Incidents[incident].Acknowledgement);
        Say(300, Verdict(Truth.False, 110, 300), Verdict(Truth.False, 110, 300, "errors", Component));
        Tick(500);
        Assert.Equal(["log", "oncall"], _sent.Where(r => r.Kind == NotificationKind.Resolved).Select(r => r.Receiver).Order());
    }

    [Fact]
    public void Step_Acknowledged_IsNotRepeatedButItsEndIsTold()
    {
        Say(60, Verdict(Truth.True, 0, 60));
        Tick(60);
        Do(new EndpointInput.Acknowledged(Assert.Single(_state.Incidents.Keys), "anna"), 61);
        Say(20_000, Verdict(Truth.True, 0, 20_000));
        Tick(20_000);
        Assert.Single(_sent);
        Say(21_000, Verdict(Truth.False, 20_100, 21_000));
        Tick(21_000);
        Assert.Equal(NotificationKind.Resolved, _sent[^1].Kind);
    }

    [Fact]
    public void Step_SilenceEndsWhileFiring_ReceiverThatNeverHeardIsToldFirst()
    {
        _context = _context with { Silences = [Silenced("kv-pressure", 0, 300)] };
        Say(60, Verdict(Truth.True, 0, 60));
        Tick(60);
        Assert.Empty(_sent);
        Assert.Contains(_decisions, d => d is { Stage: AlertStage.Suppression, By: "Silenced:s" });
        Say(310, Verdict(Truth.True, 0, 310));
        Tick(310);
        Assert.Equal(NotifyReason.First, Assert.Single(_sent).Why);
    }

    [Fact]
    public void Step_SilencesAreNotLoaded_NothingIsTold()
    {
        _context = _context with { AreSilencesLoaded = false };
        Say(60, Verdict(Truth.True, 0, 60));
        Tick(60);
        Assert.Empty(_sent);
    }

    [Fact]
    public void Step_EndsBeforeAnyAttemptArrived_IsCancelledWithoutAnEnd()
    {
        _answer = PublishAnswer.RefusedForNow;
        Say(60, Verdict(Truth.True, 0, 60));
        Tick(60);
        Say(200, Verdict(Truth.False, 70, 200));
        _answer = PublishAnswer.Accepted;
        Tick(200);
        Tick(900);
        OutboxRow only = Assert.Single(_effects.OfType<EndpointEffect.NotificationFinished>()).Row;
        Assert.Equal((OutboxStatus.Cancelled, OutboxReason.EndedUnsent), (only.Status, only.Reason));
    }

    [Fact]
    public void Step_RefusedForGood_TheFallbackIsToldAndNoEndFollows()
    {
        _answer = PublishAnswer.RefusedForGood;
        Say(60, Verdict(Truth.True, 0, 60));
        Tick(60);
        _answer = PublishAnswer.Accepted;
        Tick(61);
        Say(200, Verdict(Truth.False, 70, 200));
        Tick(900);
        Assert.Equal(["oncall First", "log Undelivered"], _sent.Select(r => $"{r.Receiver} {r.Why}"));
    }

    [Fact]
    public void Step_ClaimHolderDoesNotComeBack_IsSentAgainUnderTheSameId()
    {
        _answer = (PublishAnswer)(-1);
        Say(60, Verdict(Truth.True, 0, 60));
        Tick(60);
        Tick(80);
        Assert.Single(_sent);
        _answer = PublishAnswer.Accepted;
        Tick(91);
        Tick(97);
        Assert.Equal(2, _sent.Count);
        Assert.Equal(_sent[0].Id, _sent[1].Id);
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 0)]
    public void Step_StoreRefusesForAMinute_PageGoesOutUnrecorded(bool isStrict, int pages)
    {
        _context = _context with { Limits = AlertLimits.Default with { IsStrict = isStrict } };
        Say(60, Verdict(Truth.True, 0, 60));
        Do(new EndpointInput.StoreRefused(At(60)), 119);
        Assert.Empty(_sent);
        Do(new EndpointInput.StoreRefused(At(60)), 120);
        Assert.Equal(pages, _sent.Count(r => r.IsUnrecorded));
    }

    [Fact]
    public void Step_SilentInstances_AreOneMessageOfTheirParent()
    {
        _context = Context(Policy(missing: MissingPolicy.NoData, severity: Severity.Warn));
        Say(100, Verdict(Truth.Missing, 0, 100), Verdict(Truth.Missing, 0, 100, entity: Other));
        Tick(100);
        Tick(140);
        OutboxRow one = Assert.Single(_sent);
        Assert.Equal((NotificationKind.NoData, 2), (one.Kind, one.Firing.Length));
        Say(150, Verdict(Truth.False, 140, 150), Verdict(Truth.False, 140, 150, entity: Other));
        Tick(500);
        Assert.Equal(NotificationKind.NoDataResolved, _sent[^1].Kind);
    }

    [Fact]
    public void Step_Observed_IsRecordedAndNeverTold()
    {
        _context = Context(Policy(isObserved: true));
        Say(60, Verdict(Truth.True, 0, 60));
        Tick(60);
        Assert.Contains(_effects, e => e is EndpointEffect.TransitionRecorded { To: AlertState.Firing });
        Assert.Empty(_state.Incidents);
        Assert.Empty(_sent);
    }

    [Fact]
    public void Step_SourceFires_TargetOfTheSameComponentIsInhibited()
    {
        _context = Context(Policy("errors"), Policy("queue-growth", severity: Severity.Warn)) with
        {
            Limits = AlertLimits.Default with { OnsetWithin = TimeSpan.Zero },
            Inhibitions = [new InhibitRule("page-over-warn", [new Matcher("severity", MatchOperator.Equal, "page")], [new Matcher("severity", MatchOperator.Equal, "warn")], ["endpoint"])],
        };
        Say(60, Verdict(Truth.True, 0, 60, "errors"));
        Say(70, Verdict(Truth.True, 5, 70, "queue-growth", Other));
        Tick(70);
        Tick(120);
        Assert.Equal(2, _state.Incidents.Count);
        Assert.Equal("oncall", Assert.Single(_sent).Receiver);
    }

    [Theory]
    [InlineData(Truth.True, 0)]
    [InlineData(Truth.False, 1)]
    [InlineData(Truth.Hold, 1)]
    public void Step_Composite_HoldsBackOnlyWhileItIsTrue(Truth suppressor, int pages)
    {
        _context = Context(Policy(), Policy("maintenance", severity: Severity.Info, isObserved: true)) with
        {
            Composites = [new CompositeSuppressor("work", new CompositeCondition.Fires([new Matcher("rule", MatchOperator.Equal, "maintenance")]), [], TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(60))],
        };
        Say(60, Verdict(Truth.True, 0, 60), Verdict(suppressor, 0, 60, "maintenance", Other));
        Tick(61);
        Assert.Empty(_sent);
        Tick(95);
        Assert.Equal(pages, _sent.Count);
    }

    [Fact]
    public void Step_TooManyAlerts_RefusesTheNewAndKeepsTheOld()
    {
        _context = _context with { Limits = AlertLimits.Default with { InstancesMax = 1 } };
        Say(60, Verdict(Truth.True, 0, 60));
        Say(60, Verdict(Truth.True, 0, 60, entity: Other));
        Assert.Equal(Component, Assert.Single(_state.Instances.Values).Entity);
        Assert.Equal(1, _state.Counters[AlertCounter.InstanceLimit]);
    }

    [Fact]
    public void Step_HeadWouldOutgrowItsBound_RefusesTheNewAndStaysBelowIt()
    {
        for (int i = 0; i < 400; i++)
        {
            Say(60, Verdict(Truth.True, 0, 60, entity: EntityId.ForGpu(Endpoint, $"i-{i}", "0")));
        }

        int bytes = JsonSerializer.SerializeToUtf8Bytes(_state.ToHead(), AlertJson.Options).Length;
        Assert.InRange(bytes, 40_000, AlertLimits.Default.HeadBytesMax);
        Assert.True(_state.Counters[AlertCounter.HeadLimit] > 0);
        Assert.True(StateSize.Of(_state) >= bytes, $"{bytes} bytes were estimated as {StateSize.Of(_state)}");
    }

    [Fact]
    public void Step_Watchdog_GetsOneSignOfLifeAMinute()
    {
        _context = _context with { Receivers = _context.Receivers.Add("dead-man", new Receiver("dead-man", null, IsWatchdog: true)) };
        for (int second = 0; second < 300; second += 7)
        {
            Tick(second);
        }

        Assert.Equal(5, _sent.Count(r => r.Kind == NotificationKind.Heartbeat));
        Assert.Equal(5, _sent.Select(r => r.Id).Distinct().Count());
    }

    [Fact]
    public void Step_TestRequested_SendsAMarkedPage()
    {
        Do(new EndpointInput.TestRequested("oncall", "t1"), 0);
        Tick(0);
        Assert.True(Assert.Single(_effects.OfType<EndpointEffect.PublishWanted>()).Body.IsTest);
    }

    /// <summary>A6: whatever order verdicts of one batch arrive in, states and ids are the same.</summary>
    [Fact]
    public void Step_BatchInAnyOrder_EndsInTheSameState()
    {
        _context = Context(Policy(), Policy("queue-growth"), Policy("errors"));
        Verdict[] batch =
        [
            Verdict(Truth.True, 0, 10), Verdict(Truth.True, 0, 60), Verdict(Truth.True, 0, 60, "queue-growth", Other), Verdict(Truth.False, 61, 70),
            Verdict(Truth.True, 5, 70, "errors", Other),
        ];
        HashSet<string> ends = [];
        for (int i = 0; i < batch.Length; i++)
        {
            for (int k = 0; k < batch.Length; k++)
            {
                (batch[i], batch[k]) = (batch[k], batch[i]);
                ends.Add(JsonSerializer.Serialize(EndpointAlerts.Step(EndpointAlertsState.Empty(Endpoint), Said(batch), _context, At(70)).State, AlertJson.Options));
            }
        }

        Assert.Single(ends);
    }

    /// <summary>A7: inputs that were written down and read back give the same states, to the byte.</summary>
    [Fact]
    public void Step_RecordedAndReplayed_IsTheSameToTheByte()
    {
        EndpointInput[] inputs =
        [
            Said(Verdict(Truth.True, 0, 60)), new EndpointInput.Diagnosed(AlertIdentity.Incident(Endpoint, AlertIdentity.Fingerprint("kv-pressure", Component, LabelSet.Empty), AlertIdentity.Episode(AlertIdentity.Fingerprint("kv-pressure", Component, LabelSet.Empty), At(0))), Diagnosis()),
            new EndpointInput.Tick(), new EndpointInput.RuleChanged("kv-pressure", true, [Verdict(Truth.Hold, 0, 61)]), new EndpointInput.StoreRefused(At(1)),
            new EndpointInput.Unselected("kv-pressure", Component), new EndpointInput.Retired(Component), new EndpointInput.Tick(),
        ];
        EndpointInput[] read = JsonSerializer.Deserialize<EndpointInput[]>(JsonSerializer.Serialize(inputs, AlertJson.Options), AlertJson.Options)!;

        Assert.Equal(Play(inputs), Play(read));
    }

    private string Play(EndpointInput[] inputs)
    {
        EndpointAlertsState state = EndpointAlertsState.Empty(Endpoint);
        StringBuilder all = new();
        for (int i = 0; i < inputs.Length; i++)
        {
            EndpointStep step = EndpointAlerts.Step(state, inputs[i], _context, At(60 + (i * 40)));
            state = step.State;
            all.AppendLine(JsonSerializer.Serialize(state, AlertJson.Options));
            all.AppendJoin(' ', step.Effects.OfType<EndpointEffect.PublishWanted>().Select(p => p.Row.Id)).AppendJoin(' ', step.Decisions);
        }

        return all.ToString();
    }

    private static Silence Silenced(string rule, double from, double to) => new("s", [new Matcher("rule", MatchOperator.Equal, rule)], "known", "anna", At(from), At(to));

    private void Say(double now, params Verdict[] verdicts) => Do(Said(verdicts), now);

    private void Tick(double now) => Do(new EndpointInput.Tick(), now);

    private void Diagnose(double now, string metric = "kv_cache_usage") =>
        Do(new EndpointInput.Diagnosed(Assert.Single(_state.Incidents.Keys), Diagnosis(metric: metric)), now);

    private void Do(EndpointInput input, double now)
    {
        EndpointStep step = EndpointAlerts.Step(_state, input, _context, At(now));
        _state = step.State;
        _effects.AddRange(step.Effects);
        _decisions.AddRange(step.Decisions);
        foreach (OutboxRow row in step.Effects.OfType<EndpointEffect.PublishWanted>().Select(p => p.Row))
        {
            _sent.Add(row);
            if (Enum.IsDefined(_answer))
            {
                Do(new EndpointInput.Answered(row.Id, _answer, "m-1"), now);
            }
        }
    }
}
