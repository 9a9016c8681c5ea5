using Grainwatch.Signals.Rules.Conditions;
using Grainwatch.Signals.Topology;
using Grainwatch.Signals.Windows;

namespace Grainwatch.Signals.Rules.Evaluation;

/// <summary>All series of an entity and of what is below it.</summary>
internal sealed class AnySeries(EntityId entity)
{
    // Walked by index: an enumerator of an interface would be allocated at every evaluation.
    private IReadOnlyList<int> _columns = [];

    public bool Exists => _columns.Count > 0;

    public bool Refresh(SeriesIndex index)
    {
        _columns = index.Below(entity);
        return Exists;
    }

    /// <summary>True when one of them has a point in the window.</summary>
    public bool HasData(EvaluationFrame frame, TimeSpan window)
    {
        for (int i = 0; i < _columns.Count; i++)
        {
            if (frame.Reader.Aggregate(_columns[i], frame.Now - window, frame.Newest).Count > 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Seconds since the newest point of all; null: none.</summary>
    public double? Age(EvaluationFrame frame)
    {
        double? least = null;
        for (int i = 0; i < _columns.Count; i++)
        {
            WindowAggregate window = frame.Reader.Aggregate(_columns[i], frame.Now - WindowLength.Max, frame.Newest);
            double age = window.Count == 0 ? double.MaxValue : Math.Max(0, (frame.Newest - window.LastTime).TotalSeconds);
            least = window.Count > 0 && age < (least ?? double.MaxValue) ? age : least;
        }

        return least;
    }
}
