using Grainwatch.Signals.Drift;
using Grainwatch.Signals.Windows;

namespace Grainwatch.Signals.Rules;

/// <summary><c>anomaly(m)</c>: the score that <see cref="AnomalyDetector"/>, the detector of <c>grainwatch detect</c>, gives the newest bucket.</summary>
/// <remarks>
/// One detector for each series that a rule asks about; it reads on in the windows from where it stopped, so it learns from
/// 2,000 points though the windows keep fewer, and what it says does not depend on how often it is asked while it is
/// asked more often than the windows forget. A correction of a bucket that was read comes too late for it. After a
/// restart it begins with what the windows hold. The quiet after an alarm is left out: how long an alert lasts and
/// when it is told again is for <c>for</c>, <c>keep</c> and the notifications to decide.
/// </remarks>
internal sealed class AnomalyScores(ISeriesReader reader)
{
    /// <summary>Detectors of one reader, 140 KB each. A series beyond has no score; those that have a detector keep it.</summary>
    public const int DetectorsMax = 500;

    private static readonly TimeSpan LeastPast = TimeSpan.FromMinutes(30);

    private readonly Dictionary<int, Learner> _learners = [];
    // More than a block of windows keeps, so that one reading catches up.
    private const int Batch = 1024;

    /// <summary>How often a series was refused a detector.</summary>
    public long Refused { get; private set; }

    /// <summary>0 to 1; null: still learning, no present value, or no detector to be had.</summary>
    public double? Of(int column, Timestamp now)
    {
        if (!_learners.TryGetValue(column, out Learner? learner))
        {
            if (_learners.Count >= DetectorsMax)
            {
                Refused++;
                return null;
            }

            _learners[column] = learner = new Learner();
        }

        Timestamp newest = now - reader.Interval;
        Timestamp from = learner.Last is { } last ? last + TimeSpan.FromMilliseconds(1) : Timestamp.MinValue;
        WindowBuffers.Take(Batch, out Span<long> times, out Span<double> values);
        int count = from > newest ? 0 : reader.Copy(column, from, newest, times, values);
        for (int i = 0; i < count; i++)
        {
            learner.Learn(new Timestamp(times[i]), values[i]);
        }

        bool isPresent = learner.Last is { } end && end <= newest && now - end <= Conditions.WindowLength.StaleAfterOf(reader.Interval);
        return isPresent && !learner.Detector.IsLearning && learner.Last - learner.First >= LeastPast ? learner.Detector.LastScore : null;
    }

    private sealed class Learner
    {
        public AnomalyDetector Detector { get; } = new();

        public Timestamp? First { get; private set; }

        public Timestamp? Last { get; private set; }

        public void Learn(Timestamp time, double value)
        {
            First ??= time;
            Last = time;
            Detector.Score(time, value);
        }
    }
}
