namespace Orleans.Clustering.DynamoDB;

/// <summary>Names in the membership table, as the official package has them, and one of ours.</summary>
internal static class MembershipAttributes
{
    public const string ClusterId = "DeploymentId";
    public const string SiloIdentity = "SiloIdentity";
    public const string Etag = "ETag";
    public const string MembershipVersion = "MembershipVersion";
    public const string Address = "Address";
    public const string Port = "Port";
    public const string Generation = "Generation";
    public const string HostName = "HostName";
    public const string Status = "SiloStatus";
    public const string ProxyPort = "ProxyPort";
    public const string SiloName = "SiloName";
    public const string SuspectingSilos = "SuspectingSilos";
    public const string SuspectingTimes = "SuspectingTimes";
    public const string StartTime = "StartTime";
    public const string IAmAliveTime = "IAmAliveTime";

    /// <summary>The identity of the row that holds the version of the table: it is no silo.</summary>
    public const string VersionRow = "VersionRow";

    /// <summary>Ours, in the version row: see <see cref="Clustering.DynamoDB.LastChange"/>.</summary>
    public const string LastChange = "LastChange";
}
