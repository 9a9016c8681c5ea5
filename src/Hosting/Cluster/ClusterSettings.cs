using Grainwatch.Hosting.Options;

namespace Grainwatch.Hosting.Cluster;

/// <summary>Which cluster a process belongs to. Silos and gateways of one cluster are given the same.</summary>
public sealed class ClusterSettings : SectionOptions
{
    public const string Section = "Grainwatch:Cluster";

    /// <summary>Where the members find one another. The default is <see cref="MembershipKind.Local"/>.</summary>
    public MembershipKind Membership { get; set; } = MembershipKind.Local;

    /// <summary>Name of this cluster; it may change with a deployment. 1 to 100 characters.</summary>
    public string ClusterId { get; set; } = "grainwatch";

    /// <summary>Name of what is stored; it stays when the cluster's name changes. 1 to 100 characters.</summary>
    public string ServiceId { get; set; } = "grainwatch";

    /// <summary>The region of DynamoDB, as <c>eu-west-1</c>, or its address, as <c>http://127.0.0.1:8000</c>. Needed for DynamoDB.</summary>
    public string Service { get; set; } = "";

    /// <summary>Table of the members. 3 to 255 characters.</summary>
    public string MembershipTable { get; set; } = "GrainwatchSilos";

    /// <summary>Table of what must survive a crash. 3 to 255 characters.</summary>
    public string StateTable { get; set; } = "GrainwatchState";

    /// <summary>Whether tables that are missing are created, paid for by request. The default is false: a table is infrastructure.</summary>
    public bool CreateTables { get; set; }

    /// <summary>Where a gateway finds the silo of a local membership, on this machine. The default is 30000.</summary>
    public int LocalGatewayPort { get; set; } = 30_000;

    /// <summary>
    /// The own certificate, in PEM, for mutual TLS between the members; the two that follow belong to it. Empty: the connections between
    /// members are neither encrypted nor is anybody asked who it is.
    /// </summary>
    public string TlsCertificate { get; set; } = "";

    /// <summary>The private key of <see cref="TlsCertificate"/>, in PEM.</summary>
    public string TlsKey { get; set; } = "";

    /// <summary>The authorities whose certificates are believed, in PEM.</summary>
    public string TlsAuthority { get; set; } = "";

    /// <summary>
    /// Says that nobody but members can reach the ports of silos, and nobody but who may their health and metrics: a network of its own,
    /// or a policy. A silo on an address that other machines can reach wants this, or TLS.
    /// </summary>
    public bool TrustsNetwork { get; set; }

    /// <summary>True: members show certificates.</summary>
    public bool UsesTls => TlsCertificate.Length > 0;

    /// <summary>How long a call into the cluster may take before it counts as lost. The default is 4 s; 1 to 60 s.</summary>
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(4);
}
