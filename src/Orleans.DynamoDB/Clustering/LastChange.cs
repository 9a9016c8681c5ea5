using System.Globalization;
using Orleans.Runtime;

namespace Orleans.Clustering.DynamoDB;

/// <summary>What made the table's version what it is: kept in the version row, beside the number.</summary>
/// <remarks>
/// A transaction becomes visible one item at a time, so a reader may see the new version before the row that it came with. This
/// tells which row to look for. A writer of the official package leaves it as it was; it counts while its version is the table's.
/// </remarks>
/// <param name="Version">The version that the change made.</param>
/// <param name="Silo">The identity of the row that changed.</param>
/// <param name="Status">Of that silo since then. Only a dead one's row may be cleaned up without a new version.</param>
/// <param name="WriteId">Of the write.</param>
internal sealed record LastChange(int Version, string Silo, SiloStatus Status, string WriteId)
{
    public static LastChange? Parse(string? text)
    {
        string[] parts = text?.Split(' ', 4) ?? [];
        return parts.Length == 4
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int version)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int status)
            ? new LastChange(version, parts[3], (SiloStatus)status, parts[2])
            : null;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Version} {(int)Status} {WriteId} {Silo}");
}
