using Grainwatch.Grains.Interfaces.Endpoints;

namespace Grainwatch.Grains.Endpoints.Handover;

/// <summary>
/// The newest copy of each endpoint that would live here if its silo were lost. Bounded by bytes; the one that was renewed the longest
/// ago goes first. To lose one costs history, never a point that is in its window.
/// </summary>
public sealed class WindowCopies
{
    public const long BytesMax = 512L << 20;

    private readonly Lock _gate = new();
    private readonly LinkedList<(string Key, WindowHandover Copy)> _byAge = new();
    private readonly Dictionary<string, LinkedListNode<(string Key, WindowHandover Copy)>> _byKey = new(StringComparer.Ordinal);
    private long _bytes;

    public void Keep(string endpointKey, WindowHandover copy)
    {
        ArgumentNullException.ThrowIfNull(copy);
        lock (_gate)
        {
            if (_byKey.TryGetValue(endpointKey, out LinkedListNode<(string Key, WindowHandover Copy)>? before))
            {
                if (Age(before.Value.Copy).CompareTo(Age(copy)) > 0)
                {
                    // Overtaken on its way.
                    return;
                }

                Remove(before);
            }

            _byKey[endpointKey] = _byAge.AddLast((endpointKey, copy));
            _bytes += copy.Body.Length;
            while (_bytes > BytesMax)
            {
                Remove(_byAge.First!);
            }
        }
    }

    /// <returns>One, or none.</returns>
    public WindowHandover[] Read(string endpointKey)
    {
        lock (_gate)
        {
            return _byKey.TryGetValue(endpointKey, out LinkedListNode<(string Key, WindowHandover Copy)>? node) ? [node.Value.Copy] : [];
        }
    }

    public void Forget(string endpointKey, IReadOnlyCollection<string> ids)
    {
        lock (_gate)
        {
            if (_byKey.TryGetValue(endpointKey, out LinkedListNode<(string Key, WindowHandover Copy)>? node) && ids.Contains(node.Value.Copy.Id))
            {
                Remove(node);
            }
        }
    }

    private static (long Membership, long Start, long Number) Age(WindowHandover copy) =>
        (copy.MembershipVersion, copy.ActivationStartUnixMs, copy.Copy ?? long.MaxValue);

    private void Remove(LinkedListNode<(string Key, WindowHandover Copy)> node)
    {
        _bytes -= node.Value.Copy.Body.Length;
        _byAge.Remove(node);
        _byKey.Remove(node.Value.Key);
    }
}
