using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Orleans.DynamoDB.Client;
using Orleans.Runtime;

namespace Orleans.Clustering.DynamoDB;

/// <summary>Reads a cluster as it was at one version.</summary>
/// <remarks>
/// A query does not see one moment: rows may change while it runs. It is one view if the version that was read before it is the
/// version that it contains, no row is newer, and the row that this version came with is there as that change left it.
/// Otherwise it is read again, a bounded number of times.
/// </remarks>
internal sealed class MembershipReader(IAmazonDynamoDB client, string table, string clusterId)
{
    /// <summary>How often the table is read until it holds still. Twenty writers that never pause do not exhaust it.</summary>
    public const int ReadsMax = 40;

    /// <exception cref="KeyNotFoundException">The cluster has no version row.</exception>
    /// <exception cref="OrleansException">A row is corrupt, or the table did not hold still.</exception>
    public async Task<MembershipTableData> ReadAllAsync(CancellationToken cancellationToken)
    {
        for (int read = 1; read <= ReadsMax; read++)
        {
            VersionRow opening = await ReadVersionAsync(cancellationToken);
            List<Item> items = await MembershipQuery.AllAsync(client, table, clusterId, null, cancellationToken);
            VersionRow closing = VersionRow.Read(items.Find(IsVersion) ?? throw Missing());
            List<SiloRow> silos = [.. items.Where(i => !IsVersion(i)).Select(SiloRow.Read)];
            if (opening.Version == closing.Version && opening.Etag == closing.Etag && IsOneView(closing, silos))
            {
                return new MembershipTableData([.. silos.Select(Member)], closing.ToTableVersion());
            }

            await Patience.PauseAsync(Math.Min(read, Patience.AttemptsMax), cancellationToken);
        }

        throw new OrleansException($"the membership of {clusterId} changed during each of {ReadsMax} reads of {table}");
    }

    /// <summary>One silo and the version, in one transaction.</summary>
    /// <exception cref="KeyNotFoundException">The cluster has no version row.</exception>
    public async Task<MembershipTableData> ReadRowAsync(SiloAddress silo, CancellationToken cancellationToken)
    {
        TransactGetItemsRequest request = new()
        {
            TransactItems = [Get(MembershipKeys.Version(clusterId)), Get(MembershipKeys.Silo(clusterId, silo))],
        };
        TransactGetItemsResponse answer = await Patience.RunAsync(t => client.TransactGetItemsAsync(request, t), cancellationToken);
        VersionRow version = VersionRow.Read(Item(answer, 0) ?? throw Missing());
        return Item(answer, 1) is { } item
            ? new MembershipTableData(Member(SiloRow.Read(item)), version.ToTableVersion())
            : new MembershipTableData(version.ToTableVersion());
    }

    /// <exception cref="KeyNotFoundException">The cluster has no version row.</exception>
    public async Task<VersionRow> ReadVersionAsync(CancellationToken cancellationToken) =>
        VersionRow.Read(
            await MembershipQuery.OneAsync(client, table, MembershipKeys.Version(clusterId), cancellationToken) ?? throw Missing());

    /// <summary>Whether rows are what they were when the table had this version.</summary>
    internal static bool IsOneView(VersionRow version, IReadOnlyList<SiloRow> silos)
    {
        if (silos.Any(s => s.Version > version.Version))
        {
            return false;
        }

        if (version.Maker is not { } change)
        {
            return true;
        }

        SiloRow? changed = silos.FirstOrDefault(s => s.Identity == change.Silo);
        return changed is null ? change.Status == SiloStatus.Dead : changed.Version == version.Version;
    }

    private static bool IsVersion(Item item) =>
        item[MembershipAttributes.SiloIdentity].S == MembershipAttributes.VersionRow;

    private static Tuple<MembershipEntry, string> Member(SiloRow row) => Tuple.Create(row.Entry, Numbers.Text(row.Etag));

    private static Item? Item(TransactGetItemsResponse answer, int index) =>
        answer.Responses is { } items && items.Count > index && items[index].Item is { Count: > 0 } item ? item : null;

    private TransactGetItem Get(Item key) => new() { Get = new Get { TableName = table, Key = key } };

    private KeyNotFoundException Missing() => new($"the cluster {clusterId} has no version row in the membership table {table}");
}
