using Orleans.Runtime;

namespace Grainwatch.Storage.Sqlite;

/// <summary>Where a state stands: the grain's type with the state's name, and the grain's key.</summary>
internal readonly record struct StateKey(string Name, string Grain)
{
    public static StateKey Of(string stateName, GrainId grain) => new($"{grain.Type}/{stateName}", grain.Key.ToString()!);
}
