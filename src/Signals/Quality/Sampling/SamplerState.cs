namespace Grainwatch.Signals.Quality.Sampling;

/// <summary>What a <see cref="Sampler"/> has to remember.</summary>
/// <param name="Hour">Start of the hour of the budget.</param>
/// <param name="TokensReserved">Of this hour.</param>
/// <param name="MicrosReserved">Of this hour.</param>
/// <param name="Arrivals">Of this hour.</param>
/// <param name="RateAnHour">Arrivals expected in an hour, from the hours before.</param>
/// <param name="Remembered">Decisions by request id, oldest first.</param>
public sealed record SamplerState(
    Timestamp Hour,
    long TokensReserved,
    long MicrosReserved,
    long Arrivals,
    double RateAnHour,
    KeyValuePair<string, SamplingDecision>[] Remembered);
