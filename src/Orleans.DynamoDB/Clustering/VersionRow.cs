using Amazon.DynamoDBv2.Model;

namespace Orleans.Clustering.DynamoDB;

/// <summary>The row that every change of a cluster's membership also changes.</summary>
/// <param name="Version">Grows by one a change.</param>
/// <param name="Etag">Grows by one a write of this row.</param>
/// <param name="LastChange">What the version came with, where one of ours wrote it.</param>
internal sealed record VersionRow(int Version, int Etag, LastChange? LastChange)
{
    public TableVersion ToTableVersion() => new(Version, Numbers.Text(Etag));

    /// <summary>The change that made <see cref="Version"/>, or null where a writer made it that does not say.</summary>
    public LastChange? Maker => LastChange?.Version == Version ? LastChange : null;

    public static VersionRow Read(Item item)
    {
        RowReader row = new(item);
        return new(
            row.Number(MembershipAttributes.MembershipVersion),
            row.Number(MembershipAttributes.Etag),
            LastChange.Parse(row.Text(MembershipAttributes.LastChange)));
    }

    /// <summary>The row of a cluster that nobody has joined. The zeros are what the official package writes.</summary>
    public static Item First(string clusterId) => new(MembershipKeys.Version(clusterId))
    {
        [MembershipAttributes.MembershipVersion] = Numbers.Value(0),
        [MembershipAttributes.Etag] = Numbers.Value(0),
        [MembershipAttributes.Port] = Numbers.Value(0),
        [MembershipAttributes.Generation] = Numbers.Value(0),
        [MembershipAttributes.Status] = Numbers.Value(0),
        [MembershipAttributes.ProxyPort] = Numbers.Value(0),
    };
}
