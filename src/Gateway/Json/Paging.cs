using System.Text;
using Grainwatch.Gateway.Problems;
using Grainwatch.Signals;

namespace Grainwatch.Gateway.Json;

/// <summary>Cuts a list, sorted by a key, into pages. The cursor is the key behind which the next page starts, and opaque to clients.</summary>
public static class Paging
{
    public const int DefaultLimit = 100;
    public const int MaxLimit = 500;

    /// <exception cref="ProblemException">The limit or the cursor cannot be used.</exception>
    public static ListPage<T> Page<T>(IReadOnlyList<T> sorted, Func<T, string> key, int? limit, string? cursor, Timestamp? asOf, bool warming = false)
    {
        int count = limit ?? DefaultLimit;
        if (count is < 1 or > MaxLimit)
        {
            throw new ProblemException(StatusCodes.Status400BadRequest, "limit", $"limit must be from 1 to {MaxLimit}");
        }

        string? after = cursor is null ? null : Decode(cursor);
        List<T> rest = after is null ? [.. sorted] : [.. sorted.Where(item => string.CompareOrdinal(key(item), after) > 0)];
        List<T> items = [.. rest.Take(count)];
        bool more = rest.Count > items.Count;
        return new ListPage<T>(1, items, more ? Encode(key(items[^1])) : null, asOf, warming, more);
    }

    private static string Encode(string key) => Convert.ToBase64String(Encoding.UTF8.GetBytes(key)).Replace('+', '-').Replace('/', '_').TrimEnd('=');

    private static string Decode(string cursor)
    {
        string padded = cursor.Replace('-', '+').Replace('_', '/');
        Span<byte> bytes = new byte[cursor.Length + 4];
        return Convert.TryFromBase64String(padded.PadRight((padded.Length + 3) / 4 * 4, '='), bytes, out int written)
            ? Encoding.UTF8.GetString(bytes[..written])
            : throw new ProblemException(StatusCodes.Status400BadRequest, "cursor", "the cursor is not one of ours");
    }
}
