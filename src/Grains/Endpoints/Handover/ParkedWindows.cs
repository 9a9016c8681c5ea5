using Grainwatch.Grains.Interfaces.Endpoints;
using Microsoft.Extensions.Logging;

namespace Grainwatch.Grains.Endpoints.Handover;

/// <summary>
/// The windows that activations of this silo have left, until the next one of their endpoint takes them. Bounded by age, count and
/// bytes; the oldest goes first, and is lost.
/// </summary>
public sealed partial class ParkedWindows(TimeProvider time, ILogger<ParkedWindows> logger)
{
    public const int CountMax = 4_096;
    public const long BytesMax = 256L << 20;
    public static readonly TimeSpan AgeMax = TimeSpan.FromMinutes(15);

    private readonly Lock _gate = new();
    private readonly LinkedList<(string Key, WindowHandover Handover, long At)> _parked = new();
    private long _bytes;

    public void Park(string endpointKey, WindowHandover handover)
    {
        ArgumentNullException.ThrowIfNull(handover);
        lock (_gate)
        {
            _parked.AddLast((endpointKey, handover, time.GetTimestamp()));
            _bytes += handover.Body.Length;
            while (_parked.First is { } oldest
                && (_parked.Count > CountMax || _bytes > BytesMax || time.GetElapsedTime(oldest.Value.At) > AgeMax))
            {
                LogLost(logger, oldest.Value.Key);
                Remove(oldest);
            }
        }
    }

    /// <summary>What is parked of an endpoint, the oldest first.</summary>
    public WindowHandover[] Read(string endpointKey)
    {
        lock (_gate)
        {
            return [.. _parked
                .Where(p => string.Equals(p.Key, endpointKey, StringComparison.Ordinal) && time.GetElapsedTime(p.At) <= AgeMax)
                .Select(p => p.Handover)];
        }
    }

    public void Forget(IReadOnlyCollection<string> ids)
    {
        lock (_gate)
        {
            for (LinkedListNode<(string Key, WindowHandover Handover, long At)>? node = _parked.First; node is not null;)
            {
                LinkedListNode<(string Key, WindowHandover Handover, long At)>? next = node.Next;
                if (ids.Contains(node.Value.Handover.Id))
                {
                    Remove(node);
                }

                node = next;
            }
        }
    }

    private void Remove(LinkedListNode<(string Key, WindowHandover Handover, long At)> node)
    {
        _bytes -= node.Value.Handover.Body.Length;
        _parked.Remove(node);
    }

    [LoggerMessage(EventId = 1, EventName = "ParkedWindowsLost", Level = LogLevel.Warning,
        Message = "nobody took the windows of {Endpoint}; they are lost")]
    private static partial void LogLost(ILogger logger, string endpoint);
}
