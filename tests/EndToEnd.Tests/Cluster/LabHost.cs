namespace Grainwatch.EndToEnd.Tests.Cluster;

/// <summary>A machine of the lab.</summary>
/// <param name="Namespace">Its network namespace.</param>
/// <param name="Cable">The end of its cable that is at the bridge.</param>
/// <param name="Address">Its address.</param>
internal sealed record LabHost(string Namespace, string Cable, string Address);
