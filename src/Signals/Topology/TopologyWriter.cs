using System.Text;
using System.Text.Json;

namespace Grainwatch.Signals.Topology;

/// <summary>Writes a topology document that <see cref="TopologyReader"/> reads back to an equal map.</summary>
public static class TopologyWriter
{
    public static string Write(TopologyMap map)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream))
        {
            json.WriteStartObject();
            json.WriteStartArray("endpoints");
            foreach (EndpointTopology endpoint in map.Endpoints)
            {
                WriteEndpoint(json, endpoint);
            }

            json.WriteEndArray();
            json.WriteStartArray("entities");
            foreach (EntityId node in map.Nodes)
            {
                json.WriteStringValue(node.Endpoint);
            }

            json.WriteEndArray();
            json.WriteStartArray("edges");
            foreach (DependencyEdge edge in map.Edges)
            {
                json.WriteStartObject();
                json.WriteString("from", map.Format(edge.Caller));
                json.WriteString("to", map.Format(edge.Callee));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer().AsSpan(0, (int)stream.Length));
    }

    private static void WriteEndpoint(Utf8JsonWriter json, EndpointTopology endpoint)
    {
        json.WriteStartObject();
        json.WriteString("name", endpoint.Id.Endpoint);
        WriteOptional(json, "variant", endpoint.Variant);
        WriteOptional(json, "instanceType", endpoint.InstanceType);
        json.WriteStartArray("instances");
        foreach (InstanceTopology instance in endpoint.Instances)
        {
            json.WriteStartObject();
            json.WriteString("id", instance.Id.Instance);
            json.WriteStartArray("gpus");
            foreach (EntityId gpu in instance.Gpus)
            {
                json.WriteStringValue(gpu.Leaf);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("components");
        foreach (ComponentTopology component in endpoint.Components)
        {
            WriteComponent(json, component);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteComponent(Utf8JsonWriter json, ComponentTopology component)
    {
        json.WriteStartObject();
        json.WriteString("name", component.Id.Component);
        if (component.GpusPerCopy is { } gpus)
        {
            json.WriteNumber("gpusPerCopy", gpus);
        }

        json.WriteStartArray("copies");
        foreach (ComponentCopy copy in component.Copies)
        {
            json.WriteStartObject();
            json.WriteString("id", copy.Id.Leaf);
            WriteOptional(json, "instance", copy.Instance?.Instance);
            json.WriteStartArray("gpus");
            foreach (EntityId gpu in copy.Gpus)
            {
                json.WriteStringValue(gpu.Leaf);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteOptional(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }
}
