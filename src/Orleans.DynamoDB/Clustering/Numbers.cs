using System.Globalization;
using Amazon.DynamoDBv2.Model;

namespace Orleans.Clustering.DynamoDB;

/// <summary>Whole numbers as DynamoDB writes them, whatever the culture of the process.</summary>
internal static class Numbers
{
    public static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    public static AttributeValue Value(int number) => new() { N = Text(number) };

    /// <summary>The number of an etag, or null for a text that none of our rows can have.</summary>
    public static int? Etag(string? text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) ? number : null;
}
