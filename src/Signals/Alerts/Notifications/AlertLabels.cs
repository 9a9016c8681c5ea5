using System.Collections.Immutable;

namespace Grainwatch.Signals.Alerts;

/// <summary>The labels by which alerts are routed, grouped and silenced: a few names with values, sorted by name.</summary>
public sealed class AlertLabels
{
    public const string Endpoint = "endpoint";
    public const string Severity = "severity";
    public const string Incident = "incident";
    public const string Pattern = "pattern";
    public const string Kind = "kind";
    public const string Rule = "rule";
    public const string Entity = "entity";
    public const string Parent = "parent";

    private readonly ImmutableSortedDictionary<string, string> _labels;

    private AlertLabels(ImmutableSortedDictionary<string, string> labels) => _labels = labels;

    public static AlertLabels Empty { get; } = new(ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal));

    /// <summary>The value of a label, null when absent.</summary>
    public string? this[string name] => _labels.GetValueOrDefault(name);

    public AlertLabels With(string name, string? value) => value is null ? this : new AlertLabels(_labels.SetItem(name, value));

    /// <summary>Adds labels of a series; they never replace a name that is there already.</summary>
    public AlertLabels WithAll(Metrics.LabelSet residual)
    {
        AlertLabels all = this;
        foreach ((string name, string value) in residual.Labels)
        {
            all = all[name] is null ? all.With(name, value) : all;
        }

        return all;
    }

    public bool Match(ImmutableArray<Matcher> matchers)
    {
        foreach (Matcher matcher in matchers)
        {
            if (!matcher.IsMatch(this))
            {
                return false;
            }
        }

        return true;
    }
}
