using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Grainwatch.Gateway.Ingest.Changes;

/// <summary>Lets a text also be sent as a number, as times in Unix seconds are.</summary>
internal sealed class TimeTextConverter : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString(),
        JsonTokenType.Number => Encoding.UTF8.GetString(reader.ValueSpan),
        _ => throw new JsonException("a text or a number is expected"),
    };

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
