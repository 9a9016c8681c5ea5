using Grainwatch.Signals.Topology;

namespace Grainwatch.Grains.Interfaces.Surrogates;

/// <summary>How an <see cref="EntityId"/> crosses a wire: as its key.</summary>
[GenerateSerializer, Immutable, Alias("grainwatch.entity-id")]
public readonly record struct EntityIdSurrogate([property: Id(0)] string Key);

/// <summary>Converts both ways.</summary>
[RegisterConverter]
public sealed class EntityIdConverter : IConverter<EntityId, EntityIdSurrogate>
{
    public EntityId ConvertFromSurrogate(in EntityIdSurrogate surrogate) =>
        EntityId.ParseKey(surrogate.Key);

    public EntityIdSurrogate ConvertToSurrogate(in EntityId value) => new(value.Key);
}
