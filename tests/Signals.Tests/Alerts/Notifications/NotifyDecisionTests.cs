using System.Collections.Immutable;
using Grainwatch.Signals.Alerts;
using static Grainwatch.Signals.Tests.Alerts.AlertFixtures;

namespace Grainwatch.Signals.Tests.Alerts.Notifications;

/// <summary>Walks the reasons in their order, against the log of a group.</summary>
public sealed class NotifyDecisionTests
{
    private static readonly TimeSpan Repeat = TimeSpan.FromHours(4);

    [Theory]
    // told, sent s ago (-1: never), firing, held back, moved -> reason
    [InlineData("", -1, "", "", "", NotifyReason.Nothing)]
    [InlineData("", -1, "a", "", "", NotifyReason.First)]
    [InlineData("", -1, "", "a", "", NotifyReason.Nothing)]
    [InlineData("", 60, "a", "", "", NotifyReason.New)]
    [InlineData("a", 60, "ab", "", "", NotifyReason.New)]
    [InlineData("a", 60, "b", "", "", NotifyReason.New)]
    [InlineData("a", 60, "", "", "", NotifyReason.AllResolved)]
    [InlineData("ab", 60, "", "", "", NotifyReason.AllResolved)]
    [InlineData("a", 60, "", "b", "", NotifyReason.NewResolved)]
    [InlineData("ab", 60, "b", "", "", NotifyReason.NewResolved)]
    [InlineData("ab", 60, "", "", "b", NotifyReason.NewResolved)]
    [InlineData("a", 60, "", "a", "", NotifyReason.Nothing)]
    [InlineData("a", 60, "a", "", "", NotifyReason.Nothing)]
    [InlineData("a", 60, "A", "", "", NotifyReason.CauseChanged)]
    [InlineData("a", 14_400, "a", "", "", NotifyReason.Repeat)]
    [InlineData("a", 14_400, "", "a", "", NotifyReason.Nothing)]
    [InlineData("a", 14_400, "!a", "", "", NotifyReason.Nothing)]
    public void Decide_GroupAgainstItsLog_NamesTheFirstReasonThatApplies(
        string told, int sentAgo, string firing, string suppressed, string moved, NotifyReason expected)
    {
        AlertGroup group = Group() with { Told = Names(told), SentAt = sentAgo < 0 ? null : At(-sentAgo) };
        ImmutableArray<string> open = Names(firing + suppressed + moved);
        GroupView view = new(Members(firing), Members(suppressed), Names(moved), [.. group.Told.Where(e => !open.Contains(e))]);

        Assert.Equal(expected, NotifyDecision.Decide(group, view, Repeat, At(0)));
    }

    [Fact]
    public void Decide_ReceiverCouldNotBeReached_DoesNotTryTheEpisodeAgain() =>
        Assert.Equal(NotifyReason.Nothing, NotifyDecision.Decide(Group() with { Lost = ["a"] }, GroupView.Empty with { Firing = Members("a") }, Repeat, At(0)));

    [Fact]
    public void Decide_CauseChangedTwice_TellsOnce() =>
        Assert.Equal(NotifyReason.Nothing, NotifyDecision.Decide(
            Group() with { Told = ["a"], Updated = ["a"], SentAt = At(-60) }, GroupView.Empty with { Firing = Members("A") }, Repeat, At(0)));

    private static AlertGroup Group() => new() { Key = "k", Route = "r", Receiver = "oncall", AlarmName = "gw", Origin = "a" };

    private static ImmutableArray<string> Names(string letters) => [.. letters.Where(char.IsLetter).Select(c => c.ToString().ToLowerInvariant()).Order(StringComparer.Ordinal)];

    /// <summary>Upper case: its cause changed. After an exclamation mark: acknowledged.</summary>
    private static ImmutableArray<Notifiable> Members(string letters) =>
    [
        .. letters.Where(char.IsLetter).Select(c => new Notifiable(
            c.ToString().ToLowerInvariant(), NotificationFamily.Incident, "i", null, Severity.Page, AlertLabels.Empty, At(0),
            IsAcknowledged: letters.Contains('!', StringComparison.Ordinal), IsCauseChanged: char.IsUpper(c), [])),
    ];
}
