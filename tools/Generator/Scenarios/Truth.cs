using System.Text.Json.Nodes;
using Grainwatch.Signals;

namespace Grainwatch.Generator.Scenarios;

/// <summary>What a right answer says of a recording.</summary>
/// <param name="Patterns">Identifiers, any of which is right; empty: no incident at all.</param>
/// <param name="CauseKind">Kind of the entity that must come first; null: none.</param>
/// <param name="CauseEntities">Entities that are right, the best first.</param>
/// <param name="CauseMetrics">Canonical metrics that are right, the best first.</param>
/// <param name="Severity">page, warn, info or none; the first is best.</param>
/// <param name="Pages">Notifications of severity page wanted.</param>
public sealed record Truth(
    IReadOnlyList<string> Patterns,
    string? CauseKind,
    IReadOnlyList<string> CauseEntities,
    IReadOnlyList<string> CauseMetrics,
    IReadOnlyList<string> Severity,
    int Pages)
{
    public static Truth Nothing { get; } = new([], null, [], [], ["none"], 0);

    public string ToJson(string id, bool extra, string story, Timestamp? onset, Timestamp? end) => new JsonObject
    {
        ["v"] = 1,
        ["id"] = id,
        ["extra"] = extra,
        ["story"] = story,
        ["pattern"] = Texts(Patterns),
        ["firstCause"] = CauseKind is null ? null : new JsonObject
        {
            ["kind"] = CauseKind,
            ["entity"] = CauseEntities[0],
            ["metric"] = CauseMetrics[0],
            ["entities"] = Texts(CauseEntities),
            ["metrics"] = Texts(CauseMetrics),
        },
        ["onset"] = onset?.ToString(),
        ["end"] = end?.ToString(),
        ["severity"] = Severity[0],
        ["severities"] = Texts(Severity),
        ["pages"] = Pages,
    }.ToJsonString(JsonText.Indented) + "\n";

    private static JsonArray Texts(IEnumerable<string> texts) => [.. texts.Select(t => JsonValue.Create(t))];
}
