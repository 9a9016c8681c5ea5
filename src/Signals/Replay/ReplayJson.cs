using System.Buffers;
using System.Text.Json;
using Grainwatch.Signals.Monitoring;
using Grainwatch.Signals.Rules;

namespace Grainwatch.Signals.Replay;

/// <summary>Writes a replay: a line that names what was played, one line an event, a line with the sums.</summary>
public static class ReplayJson
{
    private const int ShortHash = 12;

    /// <param name="recording">What was played.</param>
    /// <param name="rules">What was asked.</param>
    /// <param name="result">What was found.</param>
    /// <param name="line">Takes one line, without its end; the bytes are valid only during the call.</param>
    public static void Write(Recording recording, RuleSet rules, ReplayResult result, Action<ReadOnlySpan<byte>> line)
    {
        ArrayBufferWriter<byte> buffer = new();
        WriteLine(buffer, line, json =>
        {
            json.WriteString("type", "run");
            json.WriteString("rules", rules.Hash);

            // The name is made of the content, not of the folder: a copy elsewhere replays to the same bytes.
            json.WriteString("recording", recording.Hash[..ShortHash]);
            json.WriteString("hash", recording.Hash);
        });
        foreach (StoryEvent story in result.Events)
        {
            buffer.ResetWrittenCount();
            StoryEventJson.Write(story, recording.Topology, buffer);
            line(buffer.WrittenSpan);
        }

        WriteLine(buffer, line, json => WriteSummary(json, result.Summary));
    }

    private static void WriteSummary(Utf8JsonWriter json, ReplaySummary summary)
    {
        json.WriteString("type", "summary");
        json.WriteString("from", summary.From?.ToString());
        json.WriteString("to", summary.To?.ToString());
        json.WriteNumber("endpoints", summary.Endpoints);
        json.WriteNumber("points", summary.Points);
        json.WriteNumber("pointsRefused", summary.PointsRefused);
        json.WriteNumber("answers", summary.Answers);
        json.WriteNumber("scores", summary.Scores);
        json.WriteNumber("problems", summary.Problems);
        json.WriteNumber("transitions", summary.Transitions);
        json.WriteNumber("incidents", summary.Incidents);
        json.WriteNumber("pages", summary.Pages);
        json.WriteNumber("notifications", summary.Notifications);
    }

    private static void WriteLine(ArrayBufferWriter<byte> buffer, Action<ReadOnlySpan<byte>> line, Action<Utf8JsonWriter> fields)
    {
        buffer.ResetWrittenCount();
        using (Utf8JsonWriter json = new(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("v", 1);
            fields(json);
            json.WriteEndObject();
        }

        line(buffer.WrittenSpan);
    }
}
