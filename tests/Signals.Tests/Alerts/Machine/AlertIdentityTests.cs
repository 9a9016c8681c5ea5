using Grainwatch.Signals.Alerts;
using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Topology;
using static Grainwatch.Signals.Tests.Alerts.AlertFixtures;

namespace Grainwatch.Signals.Tests.Alerts.Machine;

public sealed class AlertIdentityTests
{
    [Fact]
    public void Fingerprint_PartsThatReadTheSameWhenJoined_Differ()
    {
        LabelSet one = LabelSet.Of([KeyValuePair.Create("ab", "c")]);
        LabelSet other = LabelSet.Of([KeyValuePair.Create("a", "bc")]);
        Assert.NotEqual(AlertIdentity.Fingerprint("r", Component, one), AlertIdentity.Fingerprint("r", Component, other));
        Assert.NotEqual(AlertIdentity.Fingerprint("rc", EntityId.ForNode("x"), LabelSet.Empty), AlertIdentity.Fingerprint("r", EntityId.ForNode("cx"), LabelSet.Empty));
    }

    [Fact]
    public void Ids_SameParts_AreSixtyFourLowerCaseHexDigitsAndNeverOneAnother()
    {
        string[] ids =
        [
            AlertIdentity.Fingerprint("a", EntityId.ForEndpoint("b"), LabelSet.Empty),
            AlertIdentity.Episode("a", At(0)),
            AlertIdentity.Incident("a", "b", "c"),
            AlertIdentity.Notification("a", "b", "c", 0),
            AlertIdentity.Notice("a", "b", At(0)),
            AlertIdentity.Group("a", NotificationFamily.Incident, ["b", "c"]),
            AlertIdentity.Group("a", NotificationFamily.NoData, ["b", "c"]),
        ];
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.All(ids, id => Assert.Matches("^[0-9a-f]{64}$", id));
    }

    /// <summary>These ids are in other systems already: they never change.</summary>
    [Fact]
    public void Fingerprint_OfAKnownAlert_IsWhatItAlwaysWas() =>
        Assert.Equal("e61742233e60e2dcb5a1363feb2f0d389b3ddbc6f7e558fe65649a193cc6093a", AlertIdentity.Fingerprint("kv-pressure", Component, LabelSet.Empty));
}
