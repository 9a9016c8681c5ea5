namespace Grainwatch.Signals.Rules;

/// <summary>Where notifications of some incidents go, and how they are bundled. The first route that matches is taken, and those behind it that follow a continued one.</summary>
/// <param name="Match">All must match: <c>severity</c>, <c>pattern</c>, <c>owner</c>, a part of the entity or a label.</param>
/// <param name="Receiver">The name of a receiver.</param>
/// <param name="GroupBy">Always holds <c>endpoint</c> and <c>severity</c>; in the order written, those two first.</param>
/// <param name="GroupWait">How long a first notification waits for company; null: none for pages, else 30 s.</param>
/// <param name="GroupInterval">Shortest time between two notifications of a group.</param>
/// <param name="Repeat">When a standing notification is said again.</param>
public sealed record RuleRoute(
    IReadOnlyList<LabelGlob> Match, string Receiver, IReadOnlyList<string> GroupBy, TimeSpan? GroupWait, TimeSpan GroupInterval, TimeSpan Repeat)
{
    /// <summary>True: the routes behind this one are asked as well.</summary>
    public bool IsContinued { get; init; }

    public static readonly TimeSpan DefaultGroupWait = TimeSpan.FromSeconds(30);
    public static readonly TimeSpan DefaultGroupInterval = TimeSpan.FromMinutes(5);
    public static readonly TimeSpan DefaultRepeat = TimeSpan.FromHours(4);

    /// <summary>A shorter interval is refused.</summary>
    public static readonly TimeSpan LeastGroupInterval = TimeSpan.FromSeconds(10);
}
