using Grainwatch.Signals.Rules.Conditions;
using Grainwatch.Signals.Windows;

namespace Grainwatch.Signals.Rules.Evaluation;

/// <summary>All series of an entity and of what is below it.</summary>
/// <param name="place">Its place in the frame.</param>
/// <param name="entity">Of whom, as the frame numbers it.</param>
internal sealed class AnySeries(int place, int entity)
{
    public bool Exists(EvaluationFrame frame) => frame.Below[place].Length > 0;

    public bool Refresh(EvaluationFrame frame)
    {
        frame.Below[place] = [.. frame.Index.Below(frame.Entities[entity])];
        return Exists(frame);
    }

    /// <summary>True when one of them has a point in the window.</summary>
    public bool HasData(EvaluationFrame frame, TimeSpan window)
    {
        foreach (int column in frame.Below[place])
        {
            if (frame.Reader.Aggregate(column, frame.Now - window, frame.Newest).Count > 0)
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
        foreach (int column in frame.Below[place])
        {
            WindowAggregate window = frame.Reader.Aggregate(column, frame.Now - WindowLength.Max, frame.Newest);
            double age = window.Count == 0 ? double.MaxValue : Math.Max(0, (frame.Newest - window.LastTime).TotalSeconds);
            least = window.Count > 0 && age < (least ?? double.MaxValue) ? age : least;
        }

        return least;
    }
}
