namespace Grainwatch.Grains.Delivery;

/// <summary>What the delivery worker does with a job.</summary>
public enum PostOutcome
{
    /// <summary>It will be attempted and answered.</summary>
    Taken,

    /// <summary>An attempt at the same notification is under way; its answer will come.</summary>
    UnderWay,

    /// <summary>Another notification of the same group is under way to the same receiver: nothing was sent.</summary>
    GroupIsBusy,

    /// <summary>Too many wait for this receiver: nothing was sent.</summary>
    ReceiverIsFull,
}
