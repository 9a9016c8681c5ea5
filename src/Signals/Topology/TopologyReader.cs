using System.Text.Json;

namespace Grainwatch.Signals.Topology;

/// <summary>
/// Reads <c>topology.json</c>:
/// <c>{"endpoints":[{"name","variant"?,"instanceType"?,"instances":[{"id","gpus"?}],"components":[{"name","copies"?,"gpusPerCopy"?}]}],"entities"?,"edges"?}</c>.
/// Unknown fields are ignored; <c>gpus</c> of an instance is a count or a list of indices; <c>copies</c> is a count or a list of
/// <c>{"id","instance"?,"gpus"?}</c>. An endpoint that says nothing of components has one, named by its variant.
/// </summary>
public static class TopologyReader
{
    /// <summary>At most this many entities: beyond it the document is refused.</summary>
    public const int MaxEntities = 100_000;

    /// <exception cref="TopologyException">The document is no JSON, has another shape, or names what it does not define.</exception>
    public static TopologyMap Read(ReadOnlyMemory<byte> utf8Json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(utf8Json);
            return Read(document.RootElement);
        }
        catch (JsonException e)
        {
            throw new TopologyException($"topology.json: line {e.LineNumber + 1}: not JSON", e);
        }
    }

    private static TopologyMap Read(JsonElement root)
    {
        Expect(root, JsonValueKind.Object, "the document");
        List<EndpointTopology> endpoints = [.. Items(root, "endpoints").Select(ReadEndpoint)];
        List<EntityId> nodes = [.. Items(root, "entities").Select(e => EntityId.ForNode(Text(e, "entities")))];
        RefuseTwice("endpoint", endpoints.Select(e => e.Id));
        HashSet<string> names = new(endpoints.Select(e => e.Id.Endpoint), StringComparer.Ordinal);
        EntityId? both = nodes.FirstOrDefault(n => names.Contains(n.Endpoint));
        Refuse(both is not null, () => $"'{both}' is both an endpoint and an entity");

        TopologyMap entities = new(endpoints, nodes, []);
        Refuse(entities.Entities.Count > MaxEntities, () => $"more than {MaxEntities} entities");
        List<DependencyEdge> edges = [.. Items(root, "edges").Select(e => new DependencyEdge(
            Known(entities, Text(Field(e, "from", "edges"), "edges.from")),
            Known(entities, Text(Field(e, "to", "edges"), "edges.to"))))];
        return edges.Count == 0 ? entities : new TopologyMap(endpoints, nodes, edges);
    }

    private static EndpointTopology ReadEndpoint(JsonElement json)
    {
        string name = Text(Field(json, "name", "endpoints"), "endpoints.name");
        EntityId id = EntityId.ForEndpoint(name);
        List<InstanceTopology> instances = [.. Items(json, "instances").Select(i => ReadInstance(name, i))];
        List<ComponentTopology> components = [.. Items(json, "components").Select(c => ReadComponent(name, c))];
        RefuseTwice("instance", instances.Select(i => i.Id));
        RefuseTwice("component", components.Select(c => c.Id));
        if (!json.TryGetProperty("components", out _))
        {
            // An endpoint without inference components serves one model per variant: the variant is its component.
            EntityId variant = EntityId.ForComponent(name, OptionalText(json, "variant") ?? "AllTraffic");
            components.Add(new ComponentTopology(variant, [new ComponentCopy(EntityId.ForCopy(name, variant.Component!, "0"), null, [])], null));
        }

        HashSet<EntityId> gpus = [.. instances.SelectMany(i => i.Gpus)];
        EntityId? unknown = components.SelectMany(c => c.Copies).SelectMany(k => k.Gpus).FirstOrDefault(g => !gpus.Contains(g));
        Refuse(unknown is not null, () => $"a copy of '{name}' is placed on '{unknown}', which no instance has");
        HashSet<EntityId> places = [.. instances.Select(i => i.Id)];
        EntityId? nowhere = components.SelectMany(c => c.Copies).Select(k => k.Instance).FirstOrDefault(i => i is not null && !places.Contains(i));
        Refuse(nowhere is not null, () => $"a copy of '{name}' is placed on '{nowhere}', which is no instance of it");
        return new EndpointTopology(id, OptionalText(json, "variant"), OptionalText(json, "instanceType"), instances, components);
    }

    private static InstanceTopology ReadInstance(string endpoint, JsonElement json)
    {
        string id = Text(Field(json, "id", "instances"), "instances.id");
        IEnumerable<string> gpus = json.TryGetProperty("gpus", out JsonElement declared) && declared.ValueKind == JsonValueKind.Array
            ? declared.EnumerateArray().Select(g => GpuIndex(g, "instances.gpus"))
            : Enumerable.Range(0, declared.ValueKind == JsonValueKind.Undefined ? 0 : Count(declared, "instances.gpus", 0, 1024)).Select(g => g.ToString());
        return new InstanceTopology(EntityId.ForInstance(endpoint, id), [.. gpus.Select(g => EntityId.ForGpu(endpoint, id, g))]);
    }

    private static ComponentTopology ReadComponent(string endpoint, JsonElement json)
    {
        string name = Text(Field(json, "name", "components"), "components.name");
        int? gpusPerCopy = json.TryGetProperty("gpusPerCopy", out JsonElement reserved) ? Count(reserved, "components.gpusPerCopy", 0, 1024) : null;
        List<ComponentCopy> copies = json.TryGetProperty("copies", out JsonElement declared) && declared.ValueKind == JsonValueKind.Array
            ? [.. declared.EnumerateArray().Select(k => ReadCopy(endpoint, name, k))]
            : [.. Enumerable.Range(0, declared.ValueKind == JsonValueKind.Undefined ? 1 : Count(declared, "components.copies", 0, 10_000))
                .Select(k => new ComponentCopy(EntityId.ForCopy(endpoint, name, k.ToString()), null, []))];
        return new ComponentTopology(EntityId.ForComponent(endpoint, name), copies, gpusPerCopy);
    }

    private static ComponentCopy ReadCopy(string endpoint, string component, JsonElement json)
    {
        string id = Text(Field(json, "id", "copies"), "copies.id");
        string? instance = OptionalText(json, "instance");
        List<EntityId> gpus = [];
        if (instance is not null)
        {
            gpus.AddRange(Items(json, "gpus").Select(g => EntityId.ForGpu(endpoint, instance, GpuIndex(g, "copies.gpus"))));
        }

        return new ComponentCopy(EntityId.ForCopy(endpoint, component, id), instance is null ? null : EntityId.ForInstance(endpoint, instance), gpus);
    }

    private static EntityId Known(TopologyMap map, string text) =>
        map.TryResolve(text, out EntityId? entity) ? entity : throw Error($"edge names '{text}', which is not defined, or not unique");

    private static IEnumerable<JsonElement> Items(JsonElement json, string name)
    {
        Expect(json, JsonValueKind.Object, $"the parent of '{name}'");
        if (!json.TryGetProperty(name, out JsonElement list) || list.ValueKind == JsonValueKind.Null)
        {
            return [];
        }

        Expect(list, JsonValueKind.Array, $"'{name}'");
        return list.EnumerateArray();
    }

    private static JsonElement Field(JsonElement json, string name, string place)
    {
        Expect(json, JsonValueKind.Object, $"an item of '{place}'");
        return json.TryGetProperty(name, out JsonElement field) ? field : throw Error($"an item of '{place}' has no '{name}'");
    }

    private static string? OptionalText(JsonElement json, string name) =>
        json.TryGetProperty(name, out JsonElement field) && field.ValueKind != JsonValueKind.Null ? Text(field, name) : null;

    private static string Text(JsonElement json, string place)
    {
        Expect(json, JsonValueKind.String, $"'{place}'");
        string text = json.GetString()!;
        Refuse(text.Length is 0 or > 1024, () => $"'{place}' must have 1 to 1024 characters");
        return text;
    }

    private static int Count(JsonElement json, string place, int min, int max) =>
        json.ValueKind == JsonValueKind.Number && json.TryGetInt32(out int count) && count >= min && count <= max
            ? count
            : throw Error($"'{place}' must be a whole number from {min} to {max}");

    private static void Expect(JsonElement json, JsonValueKind kind, string place) =>
        Refuse(json.ValueKind != kind, () => $"{place} must be {kind}, not {json.ValueKind}");

    private static void RefuseTwice(string what, IEnumerable<EntityId> ids)
    {
        HashSet<EntityId> seen = [];
        EntityId? twice = ids.FirstOrDefault(id => !seen.Add(id));
        Refuse(twice is not null, () => $"{what} '{twice}' is defined twice");
    }

    private static void Refuse(bool condition, Func<string> message)
    {
        if (condition)
        {
            throw Error(message());
        }
    }

    private static string GpuIndex(JsonElement json, string place) => json.ValueKind == JsonValueKind.Number ? json.GetRawText() : Text(json, place);

    private static TopologyException Error(string message) => new($"topology.json: {message}");
}
