using Grainwatch.Gateway.Ingest.Answers;
using Grainwatch.Gateway.Mapping;
using Grainwatch.Gateway.Options;
using Grainwatch.Gateway.Problems;
using Grainwatch.Signals;
using Grainwatch.Signals.Quality;
using Grainwatch.Signals.Topology;
using Microsoft.Extensions.Options;

namespace Grainwatch.Gateway.Ingest.Otlp;

/// <summary>Finds answers and evaluations among log records and hands them on; all other records are passed over.</summary>
public sealed class OtlpLogs(SeriesMapper mapper, AnswerIntake answers, IOptions<IngestLimits> limits)
{
    private const long NanosecondsPerMillisecond = 1_000_000;

    internal async Task<IntakeResult> TakeAsync(IReadOnlyList<OtlpResource> resources, CancellationToken cancellationToken)
    {
        List<(int Index, ResponseSample Sample)> samples = [];
        List<(int Index, QualityScore Score)> scores = [];
        IntakeBatch batch = new();
        OtlpSeries labels = new(batch, mapper, limits.Value);
        int index = -1;
        foreach (OtlpResource resource in resources)
        {
            List<KeyValuePair<string, string>> own = labels.ResourceLabels(resource.Attributes);
            GenAiConversations conversations = new(resource.Logs);
            foreach (OtlpLog log in resource.Logs)
            {
                index++;
                if (GenAiEvents.KindOf(log) is not { } kind)
                {
                    batch.Ignore();
                    continue;
                }

                if (Read(log, kind, own, conversations, index, samples, scores) is { } fault)
                {
                    batch.Reject(index, log.EventName, "event", fault);
                }
            }
        }

        return await answers.TakeAsync(samples, scores, batch, cancellationToken);
    }

    private string? Read(
        OtlpLog log, GenAiEventKind kind, List<KeyValuePair<string, string>> resource, GenAiConversations conversations, int index,
        List<(int Index, ResponseSample Sample)> samples, List<(int Index, QualityScore Score)> scores)
    {
        IEnumerable<KeyValuePair<string, string>> own = log.Attributes.Where(a => mapper.NamesLevel(a.Key)).Select(
            a => KeyValuePair.Create(a.Key, OtlpValues.Text(a.Value)));
        if (mapper.Answerer([.. resource, .. own]) is not { } entity)
        {
            return "no attribute names an endpoint";
        }

        Timestamp time = new((long)Math.Min(log.EventUnixNano / NanosecondsPerMillisecond, long.MaxValue));
        if (log.EventUnixNano == 0 || !time.IsInRange)
        {
            return "the event has no time";
        }

        if (kind == GenAiEventKind.Evaluation)
        {
            string? fault = GenAiEvents.ReadScore(log, time, entity, out QualityScore? score);
            if (score is not null)
            {
                scores.Add((index, score));
            }

            return fault;
        }

        string? wrong = GenAiEvents.ReadSample(log, kind, time, entity, conversations, out ResponseSample? sample);
        if (sample is not null)
        {
            samples.Add((index, sample));
        }

        return wrong;
    }
}
