namespace Grainwatch.Gateway.Rules;

/// <summary>What became of a change to the rules.</summary>
/// <param name="V">Version of the document.</param>
/// <param name="Version">Of the rules: in force, or made by the first request with this key.</param>
/// <param name="Hash">Of the set.</param>
/// <param name="Changed">False: the rules were these already.</param>
/// <param name="Rules">How many were sent.</param>
/// <param name="NotTold">Endpoints that did not answer in time: they look by themselves within seconds.</param>
public sealed record RuleChangeAnswer(int V, long Version, string Hash, bool Changed, int Rules, IReadOnlyList<string> NotTold);
