using Grainwatch.Signals.Alerts;
using static Grainwatch.Signals.Tests.Alerts.AlertFixtures;

namespace Grainwatch.Signals.Tests.Alerts.Notifications;

public sealed class SilenceTests
{
    private static readonly AlertLabels Labels = AlertLabels.Empty.With("rule", "kv-pressure").With("endpoint", "chat");

    [Theory]
    [InlineData(MatchOperator.Equal, "kv-pressure", true)]
    [InlineData(MatchOperator.Equal, "kv", false)]
    [InlineData(MatchOperator.NotEqual, "kv", true)]
    [InlineData(MatchOperator.Matches, "kv-.*", true)]
    [InlineData(MatchOperator.Matches, "kv", false)]
    [InlineData(MatchOperator.Matches, "a|kv-pressure", true)]
    [InlineData(MatchOperator.NotMatches, "kv-.*", false)]
    public void IsMatch_Operator_ComparesTheWholeValue(MatchOperator how, string value, bool expected) =>
        Assert.Equal(expected, new Matcher("rule", how, value).IsMatch(Labels));

    [Fact]
    public void IsMatch_AbsentLabel_IsTheEmptyText() => Assert.True(new Matcher("gpu", MatchOperator.Equal, "").IsMatch(Labels));

    [Theory]
    [InlineData("(a")]
    [InlineData("(a)\\1")]
    public void Errors_PatternThatCannotRunInLinearTime_IsNamed(string pattern) =>
        Assert.Contains(pattern, Assert.Single(Silence([new Matcher("rule", MatchOperator.Matches, pattern)], 60).Errors()), StringComparison.Ordinal);

    [Fact]
    public void Errors_LongerThanThirtyDays_IsRefused() => Assert.Single(Silence([new Matcher("rule", MatchOperator.Equal, "a")], 31 * 86_400).Errors());

    [Fact]
    public void Errors_MatchesEverything_IsRefused() => Assert.Single(Silence([new Matcher("rule", MatchOperator.Matches, ".*")], 60).Errors());

    [Fact]
    public void Errors_Sound_None() => Assert.Empty(Silence([new Matcher("rule", MatchOperator.Equal, "a")], 60).Errors());

    [Fact]
    public void Route_WithoutEndpointOrSeverity_IsRefused()
    {
        Route route = new() { Name = "r", Receiver = "log", GroupBy = ["pattern"], GroupInterval = TimeSpan.FromSeconds(9) };
        Assert.Equal(3, route.Errors().Count);
    }

    [Theory]
    [InlineData("2026-03-06T23:00:00Z", true)]
    [InlineData("2026-03-07T05:59:00Z", true)]
    [InlineData("2026-03-07T06:00:00Z", false)]
    [InlineData("2026-03-07T23:00:00Z", false)]
    public void TimeWindow_OverMidnight_BelongsToTheDayItBegins(string time, bool expected) =>
        Assert.Equal(expected, new TimeWindow("friday night", [DayOfWeek.Friday], 22 * 60, 6 * 60).Contains(Timestamp.Parse(time)));

    private static Silence Silence(Matcher[] matchers, double seconds) => new("s", [.. matchers], "known", "anna", At(0), At(seconds));
}
