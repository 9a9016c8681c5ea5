using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Alerts;

/// <summary>How states and inputs are written down: names as they are, times as milliseconds, ids as their keys.</summary>
public static class AlertJson
{
    public static JsonSerializerOptions Options { get; } = Make();

    private static JsonSerializerOptions Make()
    {
        JsonSerializerOptions options = new()
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
            Converters = { new TimeConverter(), new EntityConverter(), new LabelConverter(), new MetricConverter(), new JsonStringEnumConverter() },
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    private sealed class TimeConverter : JsonConverter<Timestamp>
    {
        public override Timestamp Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetInt64());

        public override void Write(Utf8JsonWriter writer, Timestamp value, JsonSerializerOptions options) => writer.WriteNumberValue(value.UnixMs);
    }

    private sealed class EntityConverter : JsonConverter<EntityId>
    {
        public override EntityId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            EntityId.TryParseKey(reader.GetString()!, out EntityId? id) ? id! : throw new JsonException("no entity");

        public override void Write(Utf8JsonWriter writer, EntityId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Key);
    }

    private sealed class LabelConverter : JsonConverter<LabelSet>
    {
        public override LabelSet Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            LabelSet.Of(JsonSerializer.Deserialize<Dictionary<string, string>>(ref reader, options)!);

        public override void Write(Utf8JsonWriter writer, LabelSet value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            foreach ((string name, string label) in value.Labels)
            {
                writer.WriteString(name, label);
            }

            writer.WriteEndObject();
        }
    }

    /// <summary>Base and statistic apart, because a base may contain a dot.</summary>
    private sealed class MetricConverter : JsonConverter<MetricName>
    {
        public override MetricName Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            string?[] parts = JsonSerializer.Deserialize<string?[]>(ref reader, options)!;
            return MetricName.Of(parts[0]!, parts.Length > 1 ? parts[1] : null);
        }

        public override void Write(Utf8JsonWriter writer, MetricName value, JsonSerializerOptions options)
        {
            writer.WriteStartArray();
            writer.WriteStringValue(value.Base);
            if (value.Statistic is not null)
            {
                writer.WriteStringValue(value.Statistic);
            }

            writer.WriteEndArray();
        }
    }
}
