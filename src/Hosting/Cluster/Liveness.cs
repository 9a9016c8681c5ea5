using Orleans.Configuration;

namespace Grainwatch.Hosting.Cluster;

/// <summary>
/// How fast a lost silo is noticed. The platform's own numbers are made for clusters where a false alarm costs more than a minute of
/// silence; here a minute of silence is a missed page.
/// </summary>
/// <remarks>
/// Measured on three silos (docs/reliability.md): a silo that hangs with its sockets open keeps a caller waiting 77 s by the
/// platform's numbers and 17 s by these; a cluster that lost every silo is back after 105 s and 18 s. The price is one small write
/// a silo each 5 s, and that a silo whose threads stand still for 8 s is declared dead and starts anew: give it the memory that
/// keeps its garbage collections short.
/// </remarks>
public static class Liveness
{
    public static void Configure(ClusterMembershipOptions membership)
    {
        ArgumentNullException.ThrowIfNull(membership);
        membership.ProbeTimeout = TimeSpan.FromSeconds(2);
        membership.MaxProbeTimeout = TimeSpan.FromSeconds(4);
        membership.NumMissedProbesLimit = 2;
        membership.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(5);
        membership.TableRefreshTimeout = TimeSpan.FromSeconds(10);
        membership.DefunctSiloExpiration = TimeSpan.FromDays(1);
        membership.MaxJoinAttemptTime = TimeSpan.FromMinutes(2);
    }
}
