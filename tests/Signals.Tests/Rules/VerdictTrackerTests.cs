using Grainwatch.Signals.Alerts;
using Grainwatch.Signals.Rules;
using static Grainwatch.Signals.Tests.Rules.TestFleet;

namespace Grainwatch.Signals.Tests.Rules;

public sealed class VerdictTrackerTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    [Fact]
    public void Observe_First_IsSaid()
    {
        Verdict? verdict = Tracker("for: 1m").Observe(new ConditionResult(Truth.False), At(0), false, out VerdictReason reason);

        Assert.Equal(VerdictReason.First, reason);
        Assert.Equal((Truth.False, At(0), At(0), TimeSpan.Zero), (verdict!.Truth, verdict.From, verdict.AsOf, verdict.Held));
    }

    [Fact]
    public void Observe_TrueWithoutGap_ReachesTheHoldOnceAndBeatsEvery30Seconds()
    {
        Assert.Equal(
            "0:False/First 10:True/Changed 40:True/Heartbeat 70:True/HoldReached 100:True/Heartbeat 120:False/Changed",
            Play(Tracker("for: 1m"), "FTTTTTTTTTTTF"));
    }

    [Fact]
    public void Observe_GapBetweenTrues_DoesNotCount()
    {
        VerdictTracker tracker = Tracker("for: 1m");
        foreach (int second in new[] { 0, 10, 20, 60, 70 })
        {
            tracker.Observe(new ConditionResult(Truth.True), At(second));
        }

        // 20 to 60 is more than 2.5 intervals.
        Assert.Equal(TimeSpan.FromSeconds(30), tracker.Held);
    }

    [Fact]
    public void Observe_HoldInBetween_PausesAndFalseEnds()
    {
        VerdictTracker tracker = Tracker("for: 1m");
        Play(tracker, "TTTHHTT");
        Assert.Equal(TimeSpan.FromSeconds(30), tracker.Held);

        tracker.Observe(new ConditionResult(Truth.False), At(70));
        Assert.Equal(TimeSpan.Zero, tracker.Held);
    }

    [Fact]
    public void Observe_GapLongerThanHoldAndStaleAfter_EndsTheCount()
    {
        VerdictTracker tracker = Tracker("for: 1m");
        Play(tracker, "TTTMMMMMMMMM"); // 90 s after the last True
        Assert.Equal(TimeSpan.FromSeconds(20), tracker.Held);

        tracker.Observe(new ConditionResult(Truth.Missing), At(120));
        Assert.Equal(TimeSpan.Zero, tracker.Held);
    }

    [Fact]
    public void Observe_NotTrue_ReportsNoHeldTime()
    {
        VerdictTracker tracker = Tracker("for: 1m");
        Play(tracker, "TTT");

        Assert.Equal(TimeSpan.Zero, tracker.Observe(new ConditionResult(Truth.Hold), At(30))!.Held);
    }

    [Fact]
    public void Observe_MOfN_TellsWhenItIsReached()
    {
        Assert.Equal(
            "0:True/First 10:False/Changed 20:True/Changed 30:False/Changed 40:True/Changed 50:True/CountReached",
            Play(Tracker("mOfN: 4 of 6"), "TFTFTT"));
    }

    [Fact]
    public void Observe_MOfN_ExpiresByEventTime()
    {
        VerdictTracker tracker = Tracker("mOfN: 2 of 3");
        tracker.Observe(new ConditionResult(Truth.True), At(0));

        Assert.Equal(1, tracker.Observe(new ConditionResult(Truth.True), At(100))!.TrueOfLastN);
        Assert.Equal(2, tracker.Observe(new ConditionResult(Truth.True), At(110))!.TrueOfLastN);
    }

    [Fact]
    public void Observe_NotLater_IsIgnored()
    {
        VerdictTracker tracker = Tracker("for: 1m");
        Play(tracker, "FF");

        Assert.Null(tracker.Observe(new ConditionResult(Truth.True), At(10), false, out VerdictReason reason));
        Assert.Equal(VerdictReason.NotLater, reason);
    }

    [Fact]
    public void Observe_FromRule_CarriesIdentityAndEvidence()
    {
        Rule rule = Rule("m > 1");
        TestWindows windows = new TestWindows().Set(Assist, "m", 0, 5);
        BoundRule bound = new(rule, Assist, Map, windows);
        VerdictTracker tracker = new(rule.ToPolicy(Interval), bound.Target, Interval, VerdictEpoch.Single);

        Verdict verdict = tracker.Observe(bound.Evaluate(At(10)), At(10), isWarming: true)!;

        Assert.Equal(("r", rule.Version, Assist, true, "M 5, above 1"), (verdict.RuleId, verdict.RuleVersion, verdict.Entity, verdict.IsWarming, verdict.Evidence.Text));
    }

    [Fact]
    public void Observe_RepeatedForLong_EvidenceIsAtMostFiveMinutesOldAndOfNowWhenTrue()
    {
        ArrayWindows windows = new(Assist, "m", 400, i => i < 200 ? 1 + (i / 1000.0) : 10 + i);
        Rule rule = Rule("max(m[10s]) > 5");
        BoundRule bound = new(rule, Assist, Map, windows);
        VerdictTracker tracker = new(rule.ToPolicy(Interval), bound.Target, Interval, VerdictEpoch.Single);
        TimeSpan longest = TimeSpan.Zero;

        for (int i = 1; i < 400; i++)
        {
            if (tracker.Observe(bound.Evaluate(At(i * 10)), At(i * 10), isWarming: i < 10) is not { } verdict)
            {
                continue;
            }

            // The value names the bucket that it was read in.
            double value = verdict.Evidence.Value!.Value;
            double bucket = verdict.Truth == Truth.True ? value - 10 : Math.Round((value - 1) * 1000);
            TimeSpan age = Interval * (i - 1 - bucket);
            longest = age > longest ? age : longest;
            bool isOfNow = verdict.Truth == Truth.True || i < 31 || verdict.From == verdict.AsOf;
            Assert.True(isOfNow ? age == TimeSpan.Zero : age < VerdictTracker.EvidenceAge, $"row {i}: {age}");
        }

        Assert.True(longest > VerdictTracker.Heartbeat);
    }

    private static VerdictTracker Tracker(string more)
    {
        AlertPolicy policy = Rule("m > 1", more).ToPolicy(Interval);
        return new VerdictTracker(policy, new RuleTarget(Assist), Interval, VerdictEpoch.Single);
    }

    private static string Play(VerdictTracker tracker, string truths)
    {
        List<string> said = [];
        for (int i = 0; i < truths.Length; i++)
        {
            Truth truth = truths[i] switch { 'T' => Truth.True, 'F' => Truth.False, 'H' => Truth.Hold, 'M' => Truth.Missing, _ => Truth.Error };
            if (tracker.Observe(new ConditionResult(truth), At(i * 10), false, out VerdictReason reason) is { } verdict)
            {
                said.Add($"{i * 10}:{verdict.Truth}/{reason}");
            }
        }

        return string.Join(' ', said);
    }
}
