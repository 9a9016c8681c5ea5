using System.Collections;
using Grainwatch.Signals.Quality.Text;

namespace Grainwatch.Signals.Quality.Privacy;

/// <summary>Findings that do not overlap: who comes first keeps its characters.</summary>
internal sealed class FindingSet(int length)
{
    private readonly List<Finding> _found = [];
    private BitArray? _taken;

    public bool IsFree(int start, int end)
    {
        for (int i = start; _taken is not null && i < end; i++)
        {
            if (_taken[i])
            {
                return false;
            }
        }

        return true;
    }

    public bool Add(string type, int start, int end)
    {
        if (_found.Count >= PrivacyScanner.FindingsMax || start >= end || !IsFree(start, end))
        {
            return false;
        }

        _taken ??= new BitArray(length);
        for (int i = start; i < end; i++)
        {
            _taken[i] = true;
        }

        _found.Add(new Finding(type, start, end));
        return true;
    }

    public IReadOnlyList<Finding> ToOriginal(AnalysedText answer)
    {
        _found.Sort(static (a, b) => a.Start.CompareTo(b.Start));
        return [.. _found.Select(f => new Finding(f.Type, answer.ToOriginal(f.Start), answer.ToOriginal(f.End - 1) + 1))];
    }
}
