namespace Grainwatch.Grains.Interfaces.Views;

/// <summary>One rule, as people read it.</summary>
/// <param name="Id">Unique in its set.</param>
/// <param name="Version">Hash of everything that it says.</param>
/// <param name="Group">Where it stands.</param>
/// <param name="Scopes">What it is asked of: endpoint, component, …</param>
/// <param name="Raise">The condition, as the parser read it.</param>
/// <param name="Clear">What ends it; null: the contrary.</param>
/// <param name="ForSeconds">How long it must hold.</param>
/// <param name="Severity">page, warn or info.</param>
/// <param name="State">active or observe.</param>
/// <param name="Runbook">Where to read on; null: nowhere.</param>
/// <param name="ConditionVersion">Hash of what is decided: an edit that keeps it keeps every hold and episode.</param>
/// <param name="KeepSeconds">How long the contrary must hold before it ends.</param>
/// <param name="MOfN">Instead of a length: "4 of 6"; null: it has none.</param>
/// <param name="Missing">What a gap means: hold, breach, clear, noData or ignore.</param>
/// <param name="Owner">Whose it is; null: nobody's.</param>
/// <param name="Summary">Its text for people; null: its evidence is.</param>
[GenerateSerializer, Immutable, Alias("grainwatch.rule-view")]
public sealed record RuleView(
    [property: Id(0)] string Id,
    [property: Id(1)] string Version,
    [property: Id(2)] string Group,
    [property: Id(3)] string[] Scopes,
    [property: Id(4)] string Raise,
    [property: Id(5)] string? Clear,
    [property: Id(6)] double ForSeconds,
    [property: Id(7)] string Severity,
    [property: Id(8)] string State,
    [property: Id(9)] string? Runbook,
    [property: Id(10)] string ConditionVersion = "",
    [property: Id(11)] double KeepSeconds = 0,
    [property: Id(12)] string? MOfN = null,
    [property: Id(13)] string Missing = "hold",
    [property: Id(14)] string? Owner = null,
    [property: Id(15)] string? Summary = null);
