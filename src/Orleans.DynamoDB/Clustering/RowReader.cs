using System.Globalization;
using Amazon.DynamoDBv2.Model;
using Orleans.Runtime;

namespace Orleans.Clustering.DynamoDB;

/// <summary>Reads attributes of one row strictly: a number that is none is refused, not taken for zero.</summary>
internal sealed class RowReader(Item item)
{
    public string Identity => Text(MembershipAttributes.SiloIdentity) ?? "without an identity";

    public string? Text(string name) => item.TryGetValue(name, out AttributeValue? value) ? value.S : null;

    public int Number(string name) =>
        item.TryGetValue(name, out AttributeValue? value)
        && int.TryParse(value.N, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number)
            ? number
            : throw Corrupt(name, value?.N ?? value?.S);

    /// <summary>A moment in UTC; <c>default</c> where the row has none.</summary>
    public DateTime Moment(string name) => Text(name) is { Length: > 0 } text ? Moment(name, text) : default;

    public DateTime Moment(string name, string text)
    {
        try
        {
            return DateTime.SpecifyKind(LogFormatter.ParseDate(text), DateTimeKind.Utc);
        }
        catch (FormatException)
        {
            throw Corrupt(name, text);
        }
    }

    public OrleansException Corrupt(string name, string? found) =>
        new($"the membership row {Identity} is corrupt: {name} is {(found is null ? "missing" : $"'{found}'")}");
}
