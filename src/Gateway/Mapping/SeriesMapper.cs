using Grainwatch.Gateway.Options;
using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Topology;
using Microsoft.Extensions.Options;

namespace Grainwatch.Gateway.Mapping;

/// <summary>Says whose a series or an answer is, by its labels. Every door asks here, so that a name means the same at each.</summary>
public sealed class SeriesMapper
{
    // A metric of which a model name says the component, as it does of an answer.
    private const string AnswerMetric = "gen_ai.client.operation.duration";

    private readonly PrometheusSeriesMapper _mapper;
    private readonly HashSet<string> _levels;
    private readonly HashSet<string> _answerLevels;

    public SeriesMapper(IOptions<MappingOptions> options)
    {
        PrometheusMapping mapping = options.Value.ToMapping();
        _mapper = new PrometheusSeriesMapper(MetricCatalogue.Default, mapping);
        _answerLevels =
        [
            .. mapping.Account, .. mapping.Region, .. mapping.Endpoint, .. mapping.Variant, .. mapping.Component, .. mapping.Model,
        ];
        _levels = [.. _answerLevels, .. mapping.Copy, .. mapping.Instance, .. mapping.Gpu];
    }

    /// <summary>What a label set, with its <c>__name__</c>, is to the core.</summary>
    public SeriesMapping Map(IReadOnlyList<KeyValuePair<string, string>> labels) => _mapper.Map(labels);

    /// <summary>True for a name that says whose a series is: of what describes a whole resource, only this is kept.</summary>
    public bool NamesLevel(string label) => _levels.Contains(label);

    /// <summary>The endpoint or component that gave an answer; null when its labels name no endpoint.</summary>
    public EntityId? Answerer(IEnumerable<KeyValuePair<string, string>> labels)
    {
        SeriesMapping mapping = _mapper.Map([KeyValuePair.Create("__name__", AnswerMetric),
            .. labels.Where(l => _answerLevels.Contains(l.Key))]);
        return mapping.Outcome == MappingOutcome.Mapped ? mapping.Key!.Entity : null;
    }
}
