namespace Grainwatch.Generator.Engine;

/// <summary>One answer.</summary>
/// <param name="Request">What was asked.</param>
/// <param name="AtSeconds">When the last token left.</param>
public readonly record struct FinishedRequest(EngineRequest Request, double AtSeconds)
{
    public double LatencySeconds => AtSeconds - Request.ArrivalSeconds;

    public double TimeToFirstTokenSeconds => (Request.FirstTokenSeconds ?? AtSeconds) - Request.ArrivalSeconds;

    public double InterTokenSeconds =>
        (AtSeconds - (Request.FirstTokenSeconds ?? AtSeconds)) / Math.Max(1, Request.OutputTokens - 1);
}
