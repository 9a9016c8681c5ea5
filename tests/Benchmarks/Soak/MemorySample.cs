namespace Grainwatch.Benchmarks.Soak;

/// <summary>The memory of the server at one moment, in bytes.</summary>
/// <param name="At">Since the beginning.</param>
/// <param name="Resident">As the operating system says.</param>
/// <param name="WorkingSet">As the server says of itself at /metrics.</param>
/// <param name="Heap">Garbage-collected heap after its last collection.</param>
/// <param name="Committed">Memory that the collector held then.</param>
internal readonly record struct MemorySample(TimeSpan At, double Resident, double WorkingSet, double Heap, double Committed);
