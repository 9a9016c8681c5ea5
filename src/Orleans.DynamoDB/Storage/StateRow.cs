using System.Globalization;
using System.Text;
using Amazon.DynamoDBv2.Model;
using Orleans.DynamoDB.Client;
using Orleans.Runtime;

namespace Orleans.Persistence.DynamoDB;

/// <summary>A row as it is stored.</summary>
/// <param name="Etag">Grows by one a write.</param>
/// <param name="Body">The state, or null after it was cleared.</param>
internal sealed record StateRow(int Etag, byte[]? Body)
{
    /// <summary>What DynamoDB takes, names of attributes included.</summary>
    public const int BytesMax = 400 * 1024;

    private const int NumberBytesMax = 21;

    /// <exception cref="OrleansException">The etag is missing or no number.</exception>
    public static StateRow Read(StateKey key, Item item)
    {
        string? text = item.TryGetValue(StateAttributes.Etag, out AttributeValue? value) ? value.N : null;
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int etag))
        {
            string found = text is null ? "missing" : $"'{text}'";
            throw new OrleansException($"the row {key.State} of {key.Grain} is corrupt: {StateAttributes.Etag} is {found}");
        }

        return new StateRow(etag, item.TryGetValue(StateAttributes.State, out AttributeValue? state) ? state.B?.ToArray() : null);
    }

    /// <summary>The whole item, so that nothing is left over from a write before it.</summary>
    /// <param name="key">Of the row.</param>
    /// <param name="expiry">When the row ends, or null.</param>
    /// <param name="writeId">Of this write.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is larger than <see cref="BytesMax"/>.</exception>
    public Item Write(StateKey key, DateTimeOffset? expiry, string writeId)
    {
        Item item = key.ToItem();
        item[StateAttributes.Etag] = new AttributeValue { N = Text(Etag) };
        item[StateAttributes.State] = Body is null
            ? new AttributeValue { NULL = true }
            : new AttributeValue { B = new MemoryStream(Body, writable: false) };
        item[WriteId.Attribute] = new AttributeValue(writeId);
        if (expiry is { } end)
        {
            item[StateAttributes.Expiry] = new AttributeValue { N = end.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) };
        }

        long bytes = item.Sum(a => Encoding.UTF8.GetByteCount(a.Key) + Bytes(a.Value));
        return bytes <= BytesMax ? item : throw new ArgumentOutOfRangeException(
            nameof(key),
            $"the state {key.State} of {key.Grain} takes {bytes} bytes as a DynamoDB item, which is at most {BytesMax}: it is not written");
    }

    public static string Text(int etag) => etag.ToString(CultureInfo.InvariantCulture);

    private static long Bytes(AttributeValue value) =>
        value.B is { } bytes ? bytes.Length : value.S is { } text ? Encoding.UTF8.GetByteCount(text) : NumberBytesMax;
}
