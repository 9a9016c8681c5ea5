using Grainwatch.Gateway.Security.Keys;
using Grainwatch.Gateway.Security.Scopes;

namespace Grainwatch.Cluster.Tests.Security;

public sealed class KeyLineTests
{
    private static readonly string Hash = new('a', 64);

    [Fact]
    public void Create_TwoKeysOfOneId_DifferAndNameIt()
    {
        string first = ApiKey.Create("prom-1");
        Assert.Matches("^gw_prom-1_[A-Za-z0-9_-]{43}$", first);
        Assert.NotEqual(first, ApiKey.Create("prom-1"));
        Assert.Equal("prom-1", ApiKey.IdOf(first));
        Assert.Throws<ArgumentException>(() => ApiKey.Create("Prom"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("gw_")]
    [InlineData("gw_a_short")]
    [InlineData("gw_A_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("gw__AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("gw_a_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("gw_a_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/+")]
    public void IdOf_ATextThatIsNoKey_IsNull(string text) => Assert.Null(ApiKey.IdOf(text));

    [Fact]
    public void TryParse_AWholeLine_RoundTrips()
    {
        string text = $"id=prom sha256={Hash} scopes=ingest+read rate=50 bytes=1048576 expires=2027-01-31T00:00:00Z";
        KeyLine line = KeyLine.TryParse(text, out IReadOnlyList<string> faults)!;
        Assert.Empty(faults);
        Assert.Equal(text, line.ToString());
        Assert.Equal(new DateTimeOffset(2027, 1, 31, 0, 0, 0, TimeSpan.Zero), line.Expires);
        Assert.Equal($"id=p sha256={Hash} scopes=admin", KeyLine.TryParse($" scopes=admin  sha256={Hash.ToUpperInvariant()} id=p", out _)!.ToString());
    }

    [Fact]
    public void TryParse_ALineWithEveryFault_NamesThemAllAndRepeatsNoneOfIt()
    {
        string key = ApiKey.Create("pasted");
        Assert.Null(KeyLine.TryParse($"id=Pasted! sha256={key} scopes=read+all rate=fast bytes=1 expires=soon {key} rate=2", out IReadOnlyList<string> faults));
        Assert.Equal(8, faults.Count);
        Assert.All(faults, f => Assert.DoesNotContain("gw_", f, StringComparison.Ordinal));
        Assert.Null(KeyLine.TryParse("", out IReadOnlyList<string> ofNothing));
        Assert.Equal(3, ofNothing.Count);
    }

    [Theory]
    [InlineData("read", "read", true)]
    [InlineData("read", "ingest", false)]
    [InlineData("admin", "ingest", true)]
    [InlineData("admin", "read", true)]
    [InlineData("admin", "silence", true)]
    [InlineData("admin", "samples", false)]
    [InlineData("samples", "read", false)]
    public void Allows_AdminHoldsAllButTheTexts(string given, string wanted, bool isAllowed) =>
        Assert.Equal(isAllowed, Scope.Allows([given], wanted));
}
