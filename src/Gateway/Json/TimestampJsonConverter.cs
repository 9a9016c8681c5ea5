using System.Text.Json;
using System.Text.Json.Serialization;
using Grainwatch.Signals;

namespace Grainwatch.Gateway.Json;

/// <summary>Event times are ISO 8601 in UTC with milliseconds, everywhere.</summary>
public sealed class TimestampJsonConverter : JsonConverter<Timestamp>
{
    public override Timestamp Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Timestamp.TryParse(reader.GetString(), out Timestamp time) ? time : throw new JsonException("not a time");

    public override void Write(Utf8JsonWriter writer, Timestamp value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
