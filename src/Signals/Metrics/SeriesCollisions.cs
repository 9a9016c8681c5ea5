namespace Grainwatch.Signals.Metrics;

/// <summary>
/// Notices when two source series are mapped onto one part of one series: each would overwrite the other. The first one
/// keeps the place; the error is counted.
/// </summary>
/// <param name="maxSeries">How many places are remembered. Beyond it nothing is checked, which is counted too.</param>
public sealed class SeriesCollisions(int maxSeries = 1_000_000)
{
    private readonly Dictionary<(SeriesKey Key, double Bound, string Part), string> _owners = [];

    /// <summary>Source series that were refused.</summary>
    public long Collisions { get; private set; }

    /// <summary>Source series that came when the table was full.</summary>
    public long Unchecked { get; private set; }

    /// <summary>Claims the place of a mapping for a source series.</summary>
    /// <param name="mapping">Mapped or Unmapped.</param>
    /// <param name="source">What identifies the source series: all of its labels as one text.</param>
    /// <returns>False when another source series has it.</returns>
    public bool TryClaim(SeriesMapping mapping, string source)
    {
        ArgumentNullException.ThrowIfNull(mapping);
        ArgumentNullException.ThrowIfNull(source);
        Invariant.Require(mapping.Key is not null);
        (SeriesKey Key, double Bound, string Part) place = (mapping.Key, mapping.UpperBound, mapping.Part);
        if (_owners.TryGetValue(place, out string? owner))
        {
            bool same = string.Equals(owner, source, StringComparison.Ordinal);
            Collisions += same ? 0 : 1;
            return same;
        }

        if (_owners.Count >= maxSeries)
        {
            Unchecked++;
            return true;
        }

        _owners.Add(place, source);
        return true;
    }

    /// <summary>Gives a place back, when its source series is gone.</summary>
    public void Release(SeriesMapping mapping)
    {
        ArgumentNullException.ThrowIfNull(mapping);
        if (mapping.Key is not null)
        {
            _owners.Remove((mapping.Key, mapping.UpperBound, mapping.Part));
        }
    }
}
