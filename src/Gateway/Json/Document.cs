using System.Text.Json;
using System.Text.Json.Nodes;

namespace Grainwatch.Gateway.Json;

/// <summary>One resource as a document: its own fields behind the version, which every document carries.</summary>
public static class Document
{
    private const int Version = 1;

    public static JsonObject Of<T>(T view)
    {
        JsonObject document = JsonSerializer.SerializeToNode(view, GatewayJson.Options)!.AsObject();
        document.Insert(0, "v", Version);
        return document;
    }
}
