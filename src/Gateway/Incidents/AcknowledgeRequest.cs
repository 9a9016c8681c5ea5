namespace Grainwatch.Gateway.Incidents;

/// <summary>Who takes care of an incident.</summary>
public sealed record AcknowledgeRequest(string? By)
{
    public const int ByLengthMax = 256;
}
