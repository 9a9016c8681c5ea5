using Orleans.Clustering.DynamoDB;
using Orleans.Runtime;
using static Grainwatch.DynamoDB.Tests.Clustering.MembershipFixture;

namespace Grainwatch.DynamoDB.Tests.Clustering;

/// <summary>A transaction becomes visible one item at a time; which views are whole?</summary>
public sealed class OneViewTests
{
    [Theory]
    [InlineData(5, 5, true)]
    [InlineData(5, 6, false)]
    [InlineData(5, 4, false)]
    public void IsOneView_RowOfTheLastChange_MustBeOfItsVersion(int version, int row, bool whole) =>
        Assert.Equal(whole, MembershipReader.IsOneView(Version(version, version, 1), [Row(2, 3), Row(1, row)]));

    [Theory]
    [InlineData(SiloStatus.Joining, false)]
    [InlineData(SiloStatus.Active, false)]
    [InlineData(SiloStatus.Dead, true)]
    public void IsOneView_RowOfTheLastChangeIsMissing_IsWholeIfItMayHaveBeenCleanedUp(SiloStatus status, bool whole) =>
        Assert.Equal(whole, MembershipReader.IsOneView(Version(5, 5, 1, status), [Row(2, 3)]));

    [Fact]
    public void IsOneView_WriterThatDoesNotSayWhatItChanged_IsWholeWhenNoRowIsNewer()
    {
        Assert.True(MembershipReader.IsOneView(Version(6, 5, 1), [Row(1, 5), Row(2, 3)]));
        Assert.False(MembershipReader.IsOneView(Version(6, 5, 1), [Row(1, 7), Row(2, 3)]));
        Assert.True(MembershipReader.IsOneView(new VersionRow(6, 6, null), [Row(1, 5)]));
    }

    [Fact]
    public void LastChange_Text_ComesBack()
    {
        LastChange change = new(7, "fe80::1%eth0-11111-5", SiloStatus.Dead, "0123456789abcdef0123456789abcdef");
        Assert.Equal(change, LastChange.Parse(change.ToString()));
        Assert.Null(LastChange.Parse("of another kind"));
        Assert.Null(LastChange.Parse(null));
    }

    private static VersionRow Version(int version, int changeVersion, int silo, SiloStatus status = SiloStatus.Active) =>
        new(version, version, new LastChange(changeVersion, MembershipKeys.Identity(Silo(silo).SiloAddress), status, "x"));

    private static SiloRow Row(int number, int version) => new(MembershipKeys.Identity(Silo(number).SiloAddress), Silo(number), 0, version);
}
