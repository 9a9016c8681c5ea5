namespace Grainwatch.Gateway.Ingest;

/// <summary>The answer of a door that took everything.</summary>
/// <param name="V">Version of the document.</param>
/// <param name="Accepted">How many items are in.</param>
/// <param name="Rejected">Always 0: where something was refused, the answer is a problem document.</param>
public sealed record Taken(int V, int Accepted, int Rejected);
