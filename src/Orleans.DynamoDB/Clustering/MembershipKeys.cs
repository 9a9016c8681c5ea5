using System.Globalization;
using Amazon.DynamoDBv2.Model;
using Orleans.Runtime;

namespace Orleans.Clustering.DynamoDB;

/// <summary>Keys of rows: a cluster is a partition, a silo an item in it.</summary>
internal static class MembershipKeys
{
    public static Item Version(string clusterId) => Of(clusterId, MembershipAttributes.VersionRow);

    public static Item Silo(string clusterId, SiloAddress silo) => Of(clusterId, Identity(silo));

    public static Item Of(string clusterId, string identity) => new()
    {
        [MembershipAttributes.ClusterId] = new AttributeValue(clusterId),
        [MembershipAttributes.SiloIdentity] = new AttributeValue(identity),
    };

    public static string Identity(SiloAddress silo) =>
        string.Create(CultureInfo.InvariantCulture, $"{silo.Endpoint.Address}-{silo.Endpoint.Port}-{silo.Generation}");
}
