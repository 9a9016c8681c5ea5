namespace Grainwatch.Signals.Rules;

/// <summary>How unusual the newest values of a series are against its own past. Columns are those of the series reader.</summary>
public interface IBaselineReader
{
    /// <summary><c>baseline(m)</c>: signed robust z of the newest values; null: not enough past, or no present.</summary>
    double? RobustZ(int column, Timestamp now);

    /// <summary><c>usual(m)</c>: the median of the past that <see cref="RobustZ"/> compares with; null: not enough past.</summary>
    double? Usual(int column, Timestamp now);

    /// <summary><c>anomaly(m)</c>, the score of <c>detect</c>: 0 to 1, 0.5 is the alarm; null: not enough past, or no present.</summary>
    double? AnomalyScore(int column, Timestamp now);
}
