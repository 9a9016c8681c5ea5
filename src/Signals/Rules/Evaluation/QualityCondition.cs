using Grainwatch.Signals.Quality;

namespace Grainwatch.Signals.Rules.Evaluation;

/// <summary>quality(d) &lt; x, quality(d) &gt; x and drift(d), as their detector decides them.</summary>
internal sealed class QualityCondition(int place, int decision, int entity, QualityQuestion question) : BoundCondition(place)
{
    protected override bool LookUp(EvaluationFrame frame) => true;

    public override void Explain(EvaluationFrame frame, EvidenceText text)
    {
        QualityDecision? decided = frame.Decisions[decision];
        QualityEstimate estimate = decided?.Estimate ?? QualityEstimate.None;
        string about = estimate.Value is { } value
            ? $"{question.Dimension} {Words.Digits(value)} ({Words.Digits(estimate.Lower ?? value)} to {Words.Digits(estimate.Upper ?? value)}, {estimate.N} answers)"
            : $"{question.Dimension} unknown";
        string against = question.Kind == QualityQuestionKind.Drift ? "its reference" : Words.Digits(question.Threshold);
        string verdict = (Said(frame), question.Kind) switch
        {
            (Truth.True, QualityQuestionKind.Above) => $"above {against} by the evidence",
            (Truth.True, QualityQuestionKind.Drift) => "below its reference by the evidence",
            (Truth.True, _) => $"below {against} by the evidence",
            (Truth.False, _) => $"not in doubt against {against}",
            (Truth.Missing, _) => "no answers",
            (Truth.Error, _) => "could not be computed",
            _ => $"too little evidence against {against}",
        };
        string strength = decided is { EValue: > 0 } d ? $" (evidence {Words.Digits(d.EValue)} of {Words.Digits(d.Alarm)})" : "";
        text.Add($"{about}, {verdict}{strength}", estimate.Value, question.Kind == QualityQuestionKind.Drift ? null : question.Threshold, estimate.N, estimate.Lower, estimate.Upper);
    }

    protected override Truth Compute(EvaluationFrame frame)
    {
        QualityDecision? decided = frame.Quality is not { } quality ? null : question.Kind switch
        {
            QualityQuestionKind.Below => quality.Below(frame.Entities[entity], question.Dimension, question.Threshold),
            QualityQuestionKind.Above => quality.Above(frame.Entities[entity], question.Dimension, question.Threshold),
            _ => quality.Drift(frame.Entities[entity], question.Dimension),
        };
        frame.Decisions[decision] = decided;
        return decided?.Truth ?? Truth.Missing;
    }
}
