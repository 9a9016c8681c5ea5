using Grainwatch.Signals;
using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Quality;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Gateway.Ingest.Otlp;

/// <summary>Reads the events of OpenTelemetry's GenAI conventions, those of today and those up to 1.36.</summary>
/// <remarks>
/// Texts are an opt-in of the sender. An answer whose text was not sent is passed over, not refused: nothing is wrong with it.
/// </remarks>
internal static class GenAiEvents
{
    private const int MaxDimensionLength = 64;

    public static GenAiEventKind? KindOf(OtlpLog log) => log.EventName switch
    {
        "gen_ai.client.inference.operation.details" => GenAiEventKind.Details,
        "gen_ai.choice" => GenAiEventKind.Choice,
        "gen_ai.evaluation.result" => GenAiEventKind.Evaluation,
        _ => null,
    };

    /// <returns>Why the event is no answer; null when it is one, and when it carries no text.</returns>
    public static string? ReadSample(
        OtlpLog log, GenAiEventKind kind, Timestamp time, EntityId entity, GenAiConversations conversations, out ResponseSample? sample)
    {
        sample = null;
        string? id = log["gen_ai.response.id"] as string;
        (string? response, string? finishReason, string prompt, string suffix) = kind == GenAiEventKind.Details
            ? Details(log)
            : Choice(log, conversations);
        if (response is null)
        {
            return null;
        }

        id = string.IsNullOrEmpty(id) ? log.SpanId.Length > 0 ? $"{log.TraceId}-{log.SpanId}{suffix}" : null : $"{id}{suffix}";
        if (id is null || id.Length > ResponseSampleJson.IdLengthMax)
        {
            return $"an answer needs gen_ai.response.id or a span, of at most {ResponseSampleJson.IdLengthMax} characters";
        }

        if (entity.Endpoint.Length > ResponseSampleJson.NameLengthMax || entity.Component?.Length > ResponseSampleJson.NameLengthMax)
        {
            return $"endpoint or component has more than {ResponseSampleJson.NameLengthMax} characters";
        }

        sample = new ResponseSample(
            id, time, entity, prompt, response,
            FinishReason: finishReason,
            InputTokens: OtlpValues.Count(log["gen_ai.usage.input_tokens"] ?? log["gen_ai.usage.prompt_tokens"]),
            OutputTokens: OtlpValues.Count(log["gen_ai.usage.output_tokens"] ?? log["gen_ai.usage.completion_tokens"]));
        return null;
    }

    /// <returns>Why the event is no score; null when it is one.</returns>
    public static string? ReadScore(OtlpLog log, Timestamp time, EntityId entity, out QualityScore? score)
    {
        score = null;
        if (log["gen_ai.evaluation.name"] is not string { Length: > 0 and <= MaxDimensionLength } name || name.Any(char.IsControl))
        {
            return $"gen_ai.evaluation.name must have 1 to {MaxDimensionLength} characters";
        }

        string? label = (log["gen_ai.evaluation.score.label"] as string)?.ToLowerInvariant();
        double? value = OtlpValues.Number(log["gen_ai.evaluation.score.value"]) ?? label switch
        {
            "pass" or "passed" => 1,
            "fail" or "failed" => 0,
            _ => null,
        };
        bool hasFailed = log["error.type"] is string { Length: > 0 };
        if (value is null && !hasFailed)
        {
            return "gen_ai.evaluation.score.value is missing, and the label is neither pass nor fail";
        }

        if (value is { } number && !(number is >= 0 and <= 1))
        {
            return "gen_ai.evaluation.score.value must lie from 0 to 1, higher being better";
        }

        // Dimensions of ours are written in lower case; a name of the user's is kept as it is.
        string lower = name.ToLowerInvariant();
        string dimension = QualityDimensions.All.Contains(lower) ? lower : name;
        score = new QualityScore(time, entity, dimension, hasFailed ? null : value, 1,
            Judge: log["gen_ai.evaluation.judge"] as string ?? "otlp");
        return null;
    }

    /// <summary>The text of a message of the older events; null: none was sent.</summary>
    public static string? Content(object? body) => Field(body, "content") switch
    {
        string text => text,
        List<object?> parts => Joined(parts.Select(p => Field(p, "text") as string ?? Field(p, "content") as string)),
        _ => null,
    };

    private static (string? Response, string? FinishReason, string Prompt, string Suffix) Details(OtlpLog log)
    {
        List<object?> answers = OtlpValues.Structure(log["gen_ai.output.messages"]) as List<object?> ?? [];
        object? answer = answers.FirstOrDefault();
        string? finishReason = Field(answer, "finish_reason") as string
            ?? (OtlpValues.Structure(log["gen_ai.response.finish_reasons"]) as List<object?>)?.OfType<string>().FirstOrDefault();
        List<object?> questions = OtlpValues.Structure(log["gen_ai.input.messages"]) as List<object?> ?? [];
        string? prompt = Joined(questions.Where(m => Field(m, "role") as string is null or "user").Select(Parts));
        return (Parts(answer), finishReason, prompt ?? "", "");
    }

    private static (string? Response, string? FinishReason, string Prompt, string Suffix) Choice(
        OtlpLog log, GenAiConversations conversations)
    {
        object? body = OtlpValues.Structure(log.Body);
        int index = OtlpValues.Count(Field(body, "index")) ?? 0;
        return (Content(Field(body, "message")), Field(body, "finish_reason") as string, conversations.PromptOf(log),
            index == 0 ? "" : $"-{index}");
    }

    /// <summary>The texts among the parts of a message; null: it has none.</summary>
    private static string? Parts(object? message) => Field(message, "parts") switch
    {
        List<object?> parts => Joined(parts.Where(p => Field(p, "type") as string is null or "text").Select(
            p => Field(p, "content") as string)),
        _ => Content(message),
    };

    private static string? Joined(IEnumerable<string?> texts)
    {
        List<string> all = [.. texts.OfType<string>()];
        return all.Count == 0 ? null : string.Join('\n', all);
    }

    private static object? Field(object? value, string name) =>
        value is Dictionary<string, object?> map ? map.GetValueOrDefault(name) : null;
}
