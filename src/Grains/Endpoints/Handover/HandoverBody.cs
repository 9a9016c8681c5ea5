using System.Text.Json;
using System.Text.Json.Serialization;
using Grainwatch.Signals.Monitoring;

namespace Grainwatch.Grains.Endpoints.Handover;

/// <summary>The content of a handover.</summary>
/// <param name="Monitor">Windows, detectors, how far it has judged.</param>
/// <param name="Intake">What turns what comes in into points.</param>
internal sealed record HandoverBody(MonitorState Monitor, IntakeState Intake)
{
    private static readonly JsonSerializerOptions Options = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Options);

    /// <exception cref="InvalidDataException">It is not what <see cref="ToJson"/> wrote.</exception>
    public static HandoverBody FromJson(byte[] json)
    {
        try
        {
            return JsonSerializer.Deserialize<HandoverBody>(json, Options) ?? throw new InvalidDataException("there is nothing in it");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException(e.Message, e);
        }
    }
}
