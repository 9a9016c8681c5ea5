using Grainwatch.Gateway.Ingest;
using Grainwatch.Gateway.Options;
using Grainwatch.Gateway.Problems;
using Microsoft.Extensions.Options;

namespace Grainwatch.Cluster.Tests.Doors;

/// <summary>Who is let in, by number and by size.</summary>
public sealed class IngestGateTests
{
    private const int Budget = 1 << 20;
    private const int Large = Budget / 2;
    private const int Small = Budget / IngestGate.SmallPart;

    private readonly IngestGate _gate = new(Options.Create(new IngestLimits { ConcurrentRequestsMax = 4, ConcurrentBytesMax = Budget }));

    [Fact]
    public void Enter_LargeRequestsBeyondTheirBytes_AreSentAwayAndSmallOnesAreLetIn()
    {
        using IDisposable first = _gate.Enter(Large);
        using IDisposable second = _gate.Enter(Large);
        ProblemException refusal = Assert.Throws<ProblemException>(() => _gate.Enter(Small + 1));
        Assert.Equal(429, refusal.Status);
        Assert.NotNull(refusal.RetryAfter);
        using IDisposable small = _gate.Enter(Small);
        first.Dispose();
        using IDisposable next = _gate.Enter(Large);
        Assert.Equal(3, _gate.Inside);
    }

    [Fact]
    public void Enter_OneLargerThanAllMayBe_IsLetInAlone()
    {
        using IDisposable alone = _gate.Enter(10L * Budget);
        Assert.Throws<ProblemException>(() => _gate.Enter(Large));
    }

    [Fact]
    public void Enter_BodiesThatDoNotSayHowLongTheyAre_AreLargeOnes()
    {
        IDisposable[] held = [_gate.Enter(null), _gate.Enter(Large), _gate.Enter(null)];
        Assert.Throws<ProblemException>(() => _gate.Enter(null));
        Array.ForEach(held, h => h.Dispose());
        Assert.Equal(0, _gate.Inside);
    }

    [Fact]
    public void Enter_SmallRequestsBeyondTheirNumber_AreSentAway()
    {
        IDisposable[] held = [_gate.Enter(0), _gate.Enter(1), _gate.Enter(1), _gate.Enter(1)];
        Assert.Throws<ProblemException>(() => _gate.Enter(1));
        held[0].Dispose();
        held[0].Dispose();
        using IDisposable next = _gate.Enter(1);
        Assert.Throws<ProblemException>(() => _gate.Enter(1));
    }
}
