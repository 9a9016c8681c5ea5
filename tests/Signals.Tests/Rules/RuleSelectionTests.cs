using Grainwatch.Signals.Rules;
using static Grainwatch.Signals.Tests.Rules.TestFleet;

namespace Grainwatch.Signals.Tests.Rules;

public sealed class RuleSelectionTests
{
    [Theory]
    [InlineData("component", "", "chat/c:assist chat/c:search solo/c:only")]
    [InlineData("component", "select: { endpoint: 'ch*' }", "chat/c:assist chat/c:search")]
    [InlineData("component", "select: { component: '?ssist' }", "chat/c:assist")]
    [InlineData("component", "select: { variant: blue }", "chat/c:assist chat/c:search")]
    [InlineData("component", "select: { instanceType: 'ml.g6.*' }", "chat/c:assist chat/c:search")]
    [InlineData("endpoint", "", "chat solo")]
    [InlineData("gpu", "select: { gpu: '0' }", "chat/i:i-0abc/0 solo/i:i-0solo/0")]
    [InlineData("gpu", "select: { component: search }", "chat/i:i-0abc/3")]
    [InlineData("copy", "select: { copy: b }", "chat/c:assist/b")]
    [InlineData("instance", "select: { instance: 'i-0a*' }", "chat/i:i-0abc")]
    [InlineData("entity", "", "n:db")]
    [InlineData("judge", "", "_judge/c:j1")]
    [InlineData("source", "", "_source/c:cloudwatch")]
    [InlineData("component", "select: { endpoint: other }", "")]
    [InlineData("component", "select: { adapter: '*' }", "")]
    public void Select_ScopeAndPatterns_PickTheEntities(string scope, string select, string expected) =>
        Assert.Equal(expected, string.Join(' ', RuleSelection.Select(Rule("m > 1", select, scope), Map).Select(t => t.Entity.Key)));

    [Theory]
    [InlineData("*", "", true)]
    [InlineData("a*c", "abbc", true)]
    [InlineData("a*c", "abcd", false)]
    [InlineData("*a*b*", "xxaxxbxx", true)]
    [InlineData("?", "", false)]
    [InlineData("a", "A", false)]
    public void LabelGlob_Matches(string pattern, string value, bool expected) => Assert.Equal(expected, new LabelGlob("x", pattern).Matches(value));

    [Fact]
    public void RuleAdmission_Full_RefusesNewAndKeepsOld()
    {
        RuleAdmission admission = new(2);
        RuleTarget a = new(Assist), b = new(Search), c = new(Endpoint);

        Assert.True(admission.Admit(a) && admission.Admit(b));
        Assert.False(admission.Admit(c));
        Assert.True(admission.Admit(a));
        Assert.Equal((2, 1L), (admission.Count, admission.Refused));
        admission.Release(b);
        Assert.True(admission.Admit(c));
    }
}
