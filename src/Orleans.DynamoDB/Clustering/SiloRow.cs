using System.Net;
using Amazon.DynamoDBv2.Model;
using Orleans.DynamoDB.Client;
using Orleans.Runtime;

namespace Orleans.Clustering.DynamoDB;

/// <summary>One silo of a cluster.</summary>
/// <param name="Identity">The sort key.</param>
/// <param name="Entry">What Orleans reads. Moments are kept to the millisecond, in UTC.</param>
/// <param name="Etag">Grows by one a write of this row; a heartbeat leaves it.</param>
/// <param name="Version">Of the table when this row was written.</param>
internal sealed record SiloRow(string Identity, MembershipEntry Entry, int Etag, int Version)
{
    private const char Separator = '|';

    /// <summary>When the row last told anything: the start, a heartbeat or a vote.</summary>
    public DateTime LastWord =>
        (Entry.SuspectTimes ?? []).Select(v => v.Item2).Append(Entry.StartTime).Append(Entry.IAmAliveTime).Max();

    /// <exception cref="OrleansException">An attribute is missing or is not what it must be.</exception>
    public static SiloRow Read(Item item)
    {
        RowReader row = new(item);
        string? address = row.Text(MembershipAttributes.Address);
        if (!IPAddress.TryParse(address, out IPAddress? ip))
        {
            throw row.Corrupt(MembershipAttributes.Address, address);
        }

        MembershipEntry entry = new()
        {
            SiloAddress = SiloAddress.New(ip, row.Number(MembershipAttributes.Port), row.Number(MembershipAttributes.Generation)),
            Status = (SiloStatus)row.Number(MembershipAttributes.Status),
            ProxyPort = row.Number(MembershipAttributes.ProxyPort),
            HostName = row.Text(MembershipAttributes.HostName) ?? string.Empty,
            SiloName = row.Text(MembershipAttributes.SiloName) ?? string.Empty,
            StartTime = row.Moment(MembershipAttributes.StartTime),
            IAmAliveTime = row.Moment(MembershipAttributes.IAmAliveTime),
        };
        ReadVotes(row, entry);
        return new(row.Identity, entry, row.Number(MembershipAttributes.Etag), row.Number(MembershipAttributes.MembershipVersion));
    }

    /// <summary>The whole row: what an entry does not say (a vote that was taken back) is not left over from before.</summary>
    public static Item Write(string clusterId, MembershipEntry entry, int etag, int version, string writeId)
    {
        Item item = new(MembershipKeys.Silo(clusterId, entry.SiloAddress))
        {
            [MembershipAttributes.Address] = new AttributeValue(entry.SiloAddress.Endpoint.Address.ToString()),
            [MembershipAttributes.Port] = Numbers.Value(entry.SiloAddress.Endpoint.Port),
            [MembershipAttributes.Generation] = Numbers.Value(entry.SiloAddress.Generation),
            [MembershipAttributes.Status] = Numbers.Value((int)entry.Status),
            [MembershipAttributes.ProxyPort] = Numbers.Value(entry.ProxyPort),
            [MembershipAttributes.StartTime] = new AttributeValue(Text(entry.StartTime)),
            [MembershipAttributes.IAmAliveTime] = new AttributeValue(Text(entry.IAmAliveTime)),
            [MembershipAttributes.MembershipVersion] = Numbers.Value(version),
            [MembershipAttributes.Etag] = Numbers.Value(etag),
            [WriteId.Attribute] = new AttributeValue(writeId),
        };
        AddUnlessEmpty(item, MembershipAttributes.HostName, entry.HostName);
        AddUnlessEmpty(item, MembershipAttributes.SiloName, entry.SiloName);
        IReadOnlyList<Tuple<SiloAddress, DateTime>> votes = entry.SuspectTimes ?? [];
        AddUnlessEmpty(item, MembershipAttributes.SuspectingSilos, string.Join(Separator, votes.Select(v => v.Item1.ToParsableString())));
        AddUnlessEmpty(item, MembershipAttributes.SuspectingTimes, string.Join(Separator, votes.Select(v => Text(v.Item2))));
        return item;
    }

    public static string Text(DateTime moment) =>
        LogFormatter.PrintDate(moment.Kind == DateTimeKind.Local ? moment.ToUniversalTime() : moment);

    private static void ReadVotes(RowReader row, MembershipEntry entry)
    {
        string[] silos = Split(row.Text(MembershipAttributes.SuspectingSilos));
        string[] times = Split(row.Text(MembershipAttributes.SuspectingTimes));
        if (silos.Length != times.Length)
        {
            throw row.Corrupt(MembershipAttributes.SuspectingTimes, $"{times.Length} times for {silos.Length} silos");
        }

        foreach ((string silo, string time) in silos.Zip(times))
        {
            if (!SiloAddress.TryParse(silo, out SiloAddress? voter))
            {
                throw row.Corrupt(MembershipAttributes.SuspectingSilos, silo);
            }

            entry.AddSuspector(voter, row.Moment(MembershipAttributes.SuspectingTimes, time));
        }
    }

    private static string[] Split(string? text) => string.IsNullOrEmpty(text) ? [] : text.Split(Separator);

    private static void AddUnlessEmpty(Item item, string name, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            item[name] = new AttributeValue(text);
        }
    }
}
