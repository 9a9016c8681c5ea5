namespace Grainwatch.Gateway.Problems;

/// <summary>A request that is answered by an RFC 9457 problem document.</summary>
/// <param name="status">HTTP status, 400 to 599.</param>
/// <param name="code">Short stable name of the problem.</param>
/// <param name="detail">What to do about it, for people.</param>
/// <param name="retryAfter">When to try again; null: not at all, or whenever it suits.</param>
public sealed class ProblemException(int status, string code, string detail, TimeSpan? retryAfter = null) : Exception(detail)
{
    public int Status { get; } = status;

    public string Code { get; } = code;

    public TimeSpan? RetryAfter { get; } = retryAfter;
}
