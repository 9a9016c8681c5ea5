using System.Globalization;

namespace Orleans.Clustering.DynamoDB;

/// <summary>Parts <c>Name=value</c> between semicolons; of a value the first equals sign is the last that separates.</summary>
internal sealed class ConnectionString
{
    private readonly Dictionary<string, string> _parts = new(StringComparer.OrdinalIgnoreCase);

    public ConnectionString(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        foreach (string part in text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && equals < part.Length - 1)
            {
                _parts[part[..equals].Trim()] = part[(equals + 1)..].Trim();
            }
        }
    }

    public string? Text(string name) => _parts.GetValueOrDefault(name);

    /// <summary>A part that is no whole number is refused rather than left out.</summary>
    public int? Number(string name) => Text(name) is not { } text ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number
        : throw new FormatException($"{name} of the connection string is '{text}', not a whole number");
}
