namespace Grainwatch.Gateway.Ingest.Changes;

/// <summary>One change of what runs, as it is sent. Fields that are not known are passed over.</summary>
/// <param name="Kind">deployment, adapter, scaling or restart.</param>
/// <param name="Endpoint">Whose.</param>
/// <param name="Component">Of which component; null: the endpoint's own.</param>
/// <param name="Instance">Of which instance; null: none in particular.</param>
/// <param name="Time">ISO 8601 or Unix seconds; null: now.</param>
public sealed record ChangeRecord(string? Kind, string? Endpoint, string? Component, string? Instance, string? Time);
