using System.Net;
using CsCheck;
using Grainwatch.Grains.Interfaces.Evaluation;
using Grainwatch.Grains.Placement;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Cluster.Tests.Placement;

public sealed class HomesTests
{
    private static readonly Gen<SiloAddress[]> Silos = Gen.Select(
            Gen.Int[1, 250], Gen.Int[1, 60_000], Gen.Int[1, int.MaxValue], (host, port, generation) =>
                SiloAddress.New(new IPAddress([10, 0, 0, (byte)host]), port, generation))
        .Array[2, 8].Where(silos => silos.Distinct().Count() == silos.Length);

    [Fact]
    public void Of_AnyOrder_IsTheSame() => Gen.Select(Silos, Gen.String).Sample((silos, key) =>
        Assert.Equal(Homes.Of(key, silos), Homes.Of(key, [.. silos.Reverse()])));

    [Fact]
    public void Of_ASiloMore_MovesEndpointsToItAlone() => Gen.Select(Silos, Gen.String).Sample((silos, key) =>
    {
        SiloAddress before = Homes.Of(key, silos[..^1]);
        SiloAddress after = Homes.Of(key, silos);
        Assert.True(after.Equals(before) || after.Equals(silos[^1]), $"{key} moved from {before} to {after}");
    });

    [Fact]
    public void Of_AThousandEndpoints_SpreadEvenly()
    {
        SiloAddress[] silos = [.. Enumerable.Range(1, 5).Select(i => SiloAddress.New(IPAddress.Parse($"10.0.0.{i}"), 11_111, 100 + i))];
        int[] shares = [.. Enumerable.Range(0, 1_000).GroupBy(i => Homes.Of(EntityId.ForEndpoint($"chat-{i}").Key, silos)).Select(g => g.Count())];
        Assert.Equal(5, shares.Length);

        // Binomial: 200 expected, standard deviation 12.6; five of them lie as far off as this one time in ten million.
        Assert.All(shares, share => Assert.InRange(share, 130, 270));
    }

    [Fact]
    public void EndpointKeyOf_WhatIsBelow_IsTheEndpoint()
    {
        string chat = EntityId.ForEndpoint("chat").Key;
        EntityId[] below = [EntityId.ForEndpoint("chat"), EntityId.ForComponent("chat", "assist"), EntityId.ForGpu("chat", "i-0abc", "3")];
        Assert.All(below, id => Assert.Equal(chat, Homes.EndpointKeyOf(id.Key)));
        Assert.All(below, id => Assert.Equal(chat, Homes.EndpointKeyOf(EvaluatorKey.For(id, "request"))));
    }
}
