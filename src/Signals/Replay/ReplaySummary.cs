namespace Grainwatch.Signals.Replay;

/// <summary>The last line of a replay.</summary>
/// <param name="From">Event time of the first row; null: the recording is empty.</param>
/// <param name="To">Event time of the last row.</param>
/// <param name="Endpoints">Endpoints and nodes that were watched.</param>
/// <param name="Points">Metric rows that were taken in.</param>
/// <param name="PointsRefused">Metric rows that were refused.</param>
/// <param name="Answers">Answers that were scored here.</param>
/// <param name="Scores">Scores that came with the recording.</param>
/// <param name="Problems">Rows that could not be read.</param>
/// <param name="Transitions">State changes of alerts.</param>
/// <param name="Incidents">Incidents that opened.</param>
/// <param name="Pages">Notifications of kind FIRING and severity page.</param>
/// <param name="Notifications">All notifications that went out.</param>
public sealed record ReplaySummary(
    Timestamp? From,
    Timestamp? To,
    int Endpoints,
    long Points,
    long PointsRefused,
    long Answers,
    long Scores,
    long Problems,
    int Transitions,
    int Incidents,
    int Pages,
    int Notifications);
