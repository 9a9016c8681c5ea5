using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Alerts;

/// <summary>The ids of alerts: SHA-256 in lower-case hexadecimal, made only of what they name.</summary>
/// <remarks>
/// Every part is written as its UTF-8 length in four bytes, big endian, and then its bytes, behind the name of the kind
/// of id. So no two different lists of parts give the same bytes, and no id of one kind is an id of another.
/// </remarks>
public static class AlertIdentity
{
    private const int StackBytes = 512;

    /// <summary>Never of version, severity or text: an edit of a rule orphans nothing.</summary>
    public static string Fingerprint(string ruleId, EntityId entity, LabelSet residual)
    {
        string[] parts = new string[3 + (2 * residual.Count)];
        (parts[0], parts[1], parts[2]) = ("fingerprint", ruleId, entity.Key);
        for (int i = 0; i < residual.Count; i++)
        {
            (parts[3 + (2 * i)], parts[4 + (2 * i)]) = (residual.Labels[i].Key, residual.Labels[i].Value);
        }

        return Hash(parts);
    }

    /// <param name="fingerprint">Of the alert, or the id of an incident.</param>
    /// <param name="firstTrue">Event time of the first True: two activations that see the same data agree.</param>
    public static string Episode(string fingerprint, Timestamp firstTrue) => Hash("episode", fingerprint, Number(firstTrue.UnixMs));

    /// <summary>Named after the verdict that opened it, so that it stays when causes are ranked anew.</summary>
    public static string Incident(string endpoint, string fingerprint, string episodeId) => Hash("incident", endpoint, fingerprint, episodeId);

    /// <param name="groupKey">See <see cref="Group"/>.</param>
    /// <param name="receiver">The receiver's name.</param>
    /// <param name="origin">The episode for which the group was made; empty where there is none.</param>
    /// <param name="sequence">The flush sequence that is written with the group.</param>
    public static string Notification(string groupKey, string receiver, string origin, long sequence) =>
        Hash("notification", groupKey, receiver, origin, Number(sequence));

    /// <param name="route">The route's name.</param>
    /// <param name="family">What kind of thing is grouped.</param>
    /// <param name="values">Names and values, alternating, in the order of the route's groupBy.</param>
    public static string Group(string route, NotificationFamily family, IEnumerable<string> values) =>
        Hash(["group", route, family.ToString(), .. values]);

    /// <summary>The id of something else that is told: missing data, a fault, an undelivered page.</summary>
    public static string Notice(string kind, string subject, Timestamp since) => Hash("notice", kind, subject, Number(since.UnixMs));

    private static string Number(long value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>One call of the hash over all parts: the fingerprint of every verdict is made here.</summary>
    private static string Hash(params ReadOnlySpan<string> parts)
    {
        int size = 0;
        foreach (string part in parts)
        {
            size += sizeof(int) + Encoding.UTF8.GetByteCount(part);
        }

        Span<byte> buffer = size <= StackBytes ? stackalloc byte[StackBytes] : new byte[size];
        int at = 0;
        foreach (string part in parts)
        {
            int written = Encoding.UTF8.GetBytes(part, buffer[(at + sizeof(int))..]);
            BinaryPrimitives.WriteInt32BigEndian(buffer[at..], written);
            at += sizeof(int) + written;
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(buffer[..at], hash);
        return Convert.ToHexStringLower(hash);
    }
}
