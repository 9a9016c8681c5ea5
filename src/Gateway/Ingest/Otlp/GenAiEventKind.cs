namespace Grainwatch.Gateway.Ingest.Otlp;

/// <summary>The events of the GenAI conventions that are understood.</summary>
internal enum GenAiEventKind
{
    /// <summary><c>gen_ai.client.inference.operation.details</c>: question and answer in one event.</summary>
    Details,

    /// <summary><c>gen_ai.choice</c> of the conventions up to 1.36: an answer; its question came as events of the same span.</summary>
    Choice,

    /// <summary><c>gen_ai.evaluation.result</c>: an answer that was scored elsewhere.</summary>
    Evaluation,
}
