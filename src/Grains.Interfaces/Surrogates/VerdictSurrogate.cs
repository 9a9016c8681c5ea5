using Grainwatch.Signals;
using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Rules;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Grains.Interfaces.Surrogates;

/// <summary>How a <see cref="Verdict"/> crosses a wire: flat, so that each field can be added to but never changes its number.</summary>
[GenerateSerializer, Immutable, Alias("grainwatch.verdict")]
public readonly record struct VerdictSurrogate(
    [property: Id(0)] string RuleId,
    [property: Id(1)] string RuleVersion,
    [property: Id(2)] EntityId Entity,
    [property: Id(3)] string[] Labels,
    [property: Id(4)] Truth Truth,
    [property: Id(5)] Timestamp From,
    [property: Id(6)] Timestamp AsOf,
    [property: Id(7)] TimeSpan Held,
    [property: Id(8)] int TrueOfLastN,
    [property: Id(9)] double? Value,
    [property: Id(10)] double? Threshold,
    [property: Id(11)] string Text,
    [property: Id(12)] int? N,
    [property: Id(13)] double? Lower,
    [property: Id(14)] double? Upper,
    [property: Id(15)] long MembershipVersion,
    [property: Id(16)] Timestamp ActivationStart,
    [property: Id(17)] string Silo,
    [property: Id(18)] bool IsWarming);

/// <summary>Converts both ways.</summary>
[RegisterConverter]
public sealed class VerdictConverter : IConverter<Verdict, VerdictSurrogate>
{
    public Verdict ConvertFromSurrogate(in VerdictSurrogate s) => new(
        s.RuleId, s.RuleVersion, s.Entity,
        s.Labels.Length == 0 ? LabelSet.Empty : LabelSet.Of(s.Labels.Chunk(2).Select(p => KeyValuePair.Create(p[0], p[1]))),
        s.Truth, s.From, s.AsOf, s.Held, s.TrueOfLastN,
        new Evidence(s.Value, s.Threshold, s.Text, s.N, s.Lower, s.Upper),
        new VerdictEpoch(s.MembershipVersion, s.ActivationStart, s.Silo), s.IsWarming);

    public VerdictSurrogate ConvertToSurrogate(in Verdict v) => new(
        v.RuleId, v.RuleVersion, v.Entity,
        v.Residual.Count == 0 ? [] : [.. v.Residual.Labels.SelectMany(l => new[] { l.Key, l.Value })],
        v.Truth, v.From, v.AsOf, v.Held, v.TrueOfLastN,
        v.Evidence.Value, v.Evidence.Threshold, v.Evidence.Text, v.Evidence.N, v.Evidence.Lower, v.Evidence.Upper,
        v.Epoch.MembershipVersion, v.Epoch.ActivationStart, v.Epoch.Silo, v.IsWarming);
}
