using System.Text;

namespace Grainwatch.Gateway.Ingest.Otlp;

/// <summary>
/// What was asked, for answers of the conventions up to 1.36, which send each message as an event of its own: the user's
/// messages of a request, found by trace and span.
/// </summary>
internal sealed class GenAiConversations
{
    private readonly Dictionary<(string Trace, string Span), StringBuilder> _prompts = [];

    public GenAiConversations(IReadOnlyList<OtlpLog> logs)
    {
        foreach (OtlpLog log in logs.Where(l => l.EventName == "gen_ai.user.message"))
        {
            if (GenAiEvents.Content(log.Body) is not { } text)
            {
                continue;
            }

            if (!_prompts.TryGetValue((log.TraceId, log.SpanId), out StringBuilder? prompt))
            {
                _prompts[(log.TraceId, log.SpanId)] = prompt = new StringBuilder();
            }

            prompt.Append(prompt.Length == 0 ? "" : "\n").Append(text);
        }
    }

    /// <summary>Empty when nothing of it was sent.</summary>
    public string PromptOf(OtlpLog answer) => _prompts.TryGetValue((answer.TraceId, answer.SpanId), out StringBuilder? prompt)
        ? prompt.ToString() : "";
}
