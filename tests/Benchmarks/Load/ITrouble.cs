namespace Grainwatch.Benchmarks.Load;

/// <summary>Decides which component is bad now, and hears when its sample goes out.</summary>
internal interface ITrouble
{
    /// <summary>The values that a push of an endpoint holds in place of its usual ones; asked once a push, in the order of time.</summary>
    (int Series, double Value)[] Of(int endpoint);

    /// <summary>A push of the endpoint begins to be sent; asked again for each attempt.</summary>
    void Sending(int endpoint, long stamp);
}
