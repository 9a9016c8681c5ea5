namespace Grainwatch.Signals.Windows;

/// <summary>
/// The points of those cells of one open row that got more than one. A cell's points form a chain ordered by time, so
/// that its value depends on the set of points alone and not on the order in which they came.
/// </summary>
internal sealed class OpenPoints
{
    private const int End = -1;

    private Node[] _nodes = [];
    private int _count;
    private int _free = End;

    public int Capacity => _nodes.Length;

    public void Clear()
    {
        _count = 0;
        _free = End;
        if (_nodes.Length > 4096)
        {
            _nodes = [];
        }
    }

    /// <summary>Starts a chain with one point.</summary>
    public int Start(int offsetMs, float value) => Allocate(new Node(offsetMs, value, End));

    /// <summary>Puts a point into a chain, at its place in time.</summary>
    public UpsertOutcome Put(ref int first, int offsetMs, float value, int maxPoints)
    {
        int previous = End;
        int length = 0;
        int at = first;
        for (; at != End && _nodes[at].OffsetMs <= offsetMs; previous = at, at = _nodes[at].Next)
        {
            if (_nodes[at].OffsetMs == offsetMs)
            {
                bool same = BitConverter.SingleToInt32Bits(_nodes[at].Value) == BitConverter.SingleToInt32Bits(value);
                _nodes[at].Value = value;
                return same ? UpsertOutcome.Unchanged : UpsertOutcome.Corrected;
            }

            length++;
        }

        for (int rest = at; rest != End; rest = _nodes[rest].Next)
        {
            length++;
        }

        if (length >= maxPoints)
        {
            return UpsertOutcome.BucketFull;
        }

        int added = Allocate(new Node(offsetMs, value, at));
        if (previous == End)
        {
            first = added;
        }
        else
        {
            _nodes[previous].Next = added;
        }

        return UpsertOutcome.Added;
    }

    /// <summary>Takes a point out of a chain.</summary>
    /// <returns>False when it was not there.</returns>
    public bool Remove(ref int first, int offsetMs)
    {
        int previous = End;
        for (int at = first; at != End; previous = at, at = _nodes[at].Next)
        {
            if (_nodes[at].OffsetMs != offsetMs)
            {
                continue;
            }

            if (previous == End)
            {
                first = _nodes[at].Next;
            }
            else
            {
                _nodes[previous].Next = _nodes[at].Next;
            }

            _nodes[at].Next = _free;
            _free = at;
            return true;
        }

        return false;
    }

    /// <summary>Dissolves a chain of one point and gives the time of it.</summary>
    /// <returns>False when there are more.</returns>
    public bool TryTakeOnly(int first, out int offsetMs)
    {
        offsetMs = _nodes[first].OffsetMs;
        if (_nodes[first].Next != End)
        {
            return false;
        }

        _nodes[first].Next = _free;
        _free = first;
        return true;
    }

    /// <summary>The value of a chain that is not empty.</summary>
    public float Fold(int first, BucketFold fold)
    {
        double sum = 0;
        float least = float.PositiveInfinity;
        float most = float.NegativeInfinity;
        int count = 0;
        for (int at = first; at != End; at = _nodes[at].Next, count++)
        {
            sum += _nodes[at].Value;
            least = Math.Min(least, _nodes[at].Value);
            most = Math.Max(most, _nodes[at].Value);
        }

        return fold switch
        {
            BucketFold.Mean => (float)(sum / count),
            BucketFold.Sum => (float)Math.Clamp(sum, float.MinValue, float.MaxValue),
            BucketFold.Min => least,
            _ => most,
        };
    }

    /// <summary>The points of a chain, oldest first.</summary>
    public IEnumerable<(int OffsetMs, float Value)> Points(int first)
    {
        for (int at = first; at != End; at = _nodes[at].Next)
        {
            yield return (_nodes[at].OffsetMs, _nodes[at].Value);
        }
    }

    private int Allocate(Node node)
    {
        int at = _free;
        if (at != End)
        {
            _free = _nodes[at].Next;
        }
        else
        {
            if (_count == _nodes.Length)
            {
                Array.Resize(ref _nodes, Math.Max(8, _nodes.Length * 2));
            }

            at = _count++;
        }

        _nodes[at] = node;
        return at;
    }

    private struct Node(int offsetMs, float value, int next)
    {
        public readonly int OffsetMs = offsetMs;
        public float Value = value;
        public int Next = next;
    }
}
