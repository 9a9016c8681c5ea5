namespace Grainwatch.Gateway.Problems;

/// <summary>What was refused of a request of which the rest was taken.</summary>
/// <param name="Index">Which item, from 0.</param>
/// <param name="Series">Its name, where it has one.</param>
/// <param name="Code">Short stable name of the reason.</param>
/// <param name="Detail">The reason in words.</param>
/// <param name="Line">Of the body, from 1, where it has lines.</param>
/// <param name="Column">In that line, from 1.</param>
public sealed record PartialError(int Index, string? Series, string Code, string Detail, int? Line = null, int? Column = null);
