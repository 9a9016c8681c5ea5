using System.Text;
using Amazon.DynamoDBv2.Model;
using Orleans.Runtime;

namespace Orleans.Persistence.DynamoDB;

/// <summary>The key of one state of one grain.</summary>
/// <param name="Grain">Partition: the service and the grain, below 2048 bytes.</param>
/// <param name="State">Sort key: the name of the state, below 1024 bytes.</param>
internal sealed record StateKey(string Grain, string State)
{
    private const int GrainBytesMax = 2048;
    private const int StateBytesMax = 1024;

    /// <exception cref="ArgumentException">A part is empty or longer than DynamoDB takes.</exception>
    public static StateKey Of(string serviceId, string stateName, GrainId grainId)
    {
        ArgumentException.ThrowIfNullOrEmpty(stateName);
        string grain = $"{serviceId}_{grainId}";
        if (Encoding.UTF8.GetByteCount(grain) >= GrainBytesMax)
        {
            throw new ArgumentException($"the key of the grain {grainId} takes {GrainBytesMax} bytes or more", nameof(grainId));
        }

        if (Encoding.UTF8.GetByteCount(stateName) >= StateBytesMax)
        {
            throw new ArgumentException($"the name of the state '{stateName}' takes {StateBytesMax} bytes or more", nameof(stateName));
        }

        return new StateKey(grain, stateName);
    }

    public Item ToItem() => new()
    {
        [StateAttributes.GrainReference] = new AttributeValue(Grain),
        [StateAttributes.GrainType] = new AttributeValue(State),
    };
}
