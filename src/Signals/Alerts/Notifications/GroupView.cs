using System.Collections.Immutable;

namespace Grainwatch.Signals.Alerts;

/// <summary>A group as it stands now, seen by its receiver. All lists are sorted by episode.</summary>
/// <param name="Firing">Open in this group and not held back.</param>
/// <param name="Suppressed">Open in this group and held back, with every reason.</param>
/// <param name="Moved">Told, still open, but in another group now: nothing is said of them here until they end.</param>
/// <param name="Ended">Told and no longer open.</param>
public sealed record GroupView(
    ImmutableArray<Notifiable> Firing,
    ImmutableArray<Notifiable> Suppressed,
    ImmutableArray<string> Moved,
    ImmutableArray<string> Ended)
{
    public static GroupView Empty { get; } = new([], [], [], []);
}
