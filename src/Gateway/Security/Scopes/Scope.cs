namespace Grainwatch.Gateway.Security.Scopes;

/// <summary>What a caller may do, by name: in a line of a key, in a token, and as the name of the policy of a route.</summary>
/// <remarks>
/// <see cref="Admin"/> holds <see cref="Ingest"/>, <see cref="Read"/> and <see cref="Silence"/> too. It does not hold <see
/// cref="Samples"/>: who
/// runs the product need not read what people have asked a model.
/// </remarks>
public static class Scope
{
    /// <summary>Brings metrics, answers, evaluations and changes.</summary>
    public const string Ingest = "ingest";

    /// <summary>Reads everything but the texts of answers; tries rules, which changes nothing.</summary>
    public const string Read = "read";

    /// <summary>Silences, acknowledges, gives feedback.</summary>
    public const string Silence = "silence";

    /// <summary>Reads texts of prompts and answers. No route shows any today.</summary>
    public const string Samples = "samples";

    /// <summary>Changes rules, sends test pages.</summary>
    public const string Admin = "admin";

    /// <summary>Every scope.</summary>
    public static IReadOnlyList<string> All { get; } = [Ingest, Read, Silence, Samples, Admin];

    /// <summary>Whether who was given some scopes may do what a scope allows.</summary>
    public static bool Allows(IEnumerable<string> given, string wanted)
    {
        ArgumentNullException.ThrowIfNull(given);
        return given.Any(scope => scope == wanted || (scope == Admin && wanted != Samples));
    }
}
