using Grainwatch.Gateway.Problems;

namespace Grainwatch.Gateway.Ingest;

/// <summary>What became of a request's samples.</summary>
/// <param name="Accepted">Samples that are in a window, or say nothing new.</param>
/// <param name="Rejected">Samples that are not.</param>
/// <param name="Errors">Why not.</param>
public sealed record IntakeResult(int Accepted, int Rejected, IReadOnlyList<PartialError> Errors);
