namespace Grainwatch.Hosting.Cluster;

/// <summary>Where silos and gateways find one another.</summary>
public enum MembershipKind
{
    /// <summary>One silo, and gateways on the same machine; what must survive a crash is kept in a folder.</summary>
    Local,

    /// <summary>Any number of silos and gateways by a table of DynamoDB; what must survive a crash is kept in another.</summary>
    DynamoDB,
}
