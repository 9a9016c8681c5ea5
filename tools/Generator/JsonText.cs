using System.Text.Encodings.Web;
using System.Text.Json;

namespace Grainwatch.Generator;

/// <summary>How the generator writes JSON.</summary>
public static class JsonText
{
    public static JsonSerializerOptions Indented { get; } = new()
    {
        WriteIndented = true,
        IndentSize = 1,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
