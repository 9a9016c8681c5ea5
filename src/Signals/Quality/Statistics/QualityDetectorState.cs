namespace Grainwatch.Signals.Quality.Statistics;

/// <summary>What a <see cref="QualityDetector"/> has to remember.</summary>
/// <param name="Alarmed">Whether its alarm stands.</param>
/// <param name="Known">Known answers since it began to watch.</param>
/// <param name="FiredShare">M/A when it last spoke.</param>
/// <param name="Alarms">How often it has spoken.</param>
/// <param name="Spent">Expected false alarms so far, at most: the sum of 1/A.</param>
/// <param name="Watch">Looks for the fault.</param>
/// <param name="Recover">Looks for its end.</param>
public sealed record QualityDetectorState(
    bool Alarmed,
    int Known,
    double FiredShare,
    int Alarms,
    double Spent,
    TwoEndedDetectorState Watch,
    TwoEndedDetectorState Recover);
