using Grainwatch.Signals;

namespace Grainwatch.Grains.Interfaces.Surrogates;

/// <summary>How a <see cref="Timestamp"/> crosses a wire.</summary>
[GenerateSerializer, Immutable, Alias("grainwatch.timestamp")]
public readonly record struct TimestampSurrogate([property: Id(0)] long UnixMs);

/// <summary>Converts both ways.</summary>
[RegisterConverter]
public sealed class TimestampConverter : IConverter<Timestamp, TimestampSurrogate>
{
    public Timestamp ConvertFromSurrogate(in TimestampSurrogate surrogate) => new(surrogate.UnixMs);

    public TimestampSurrogate ConvertToSurrogate(in Timestamp value) => new(value.UnixMs);
}
