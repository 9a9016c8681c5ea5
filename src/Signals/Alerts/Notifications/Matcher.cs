using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Grainwatch.Signals.Alerts;

/// <summary>
/// One condition on one label. An absent label is the empty text. Regular expressions are anchored at both ends and run
/// on the engine that cannot backtrack, so their time is linear in the text.
/// </summary>
/// <param name="Label">The label's name.</param>
/// <param name="Operator">How to compare.</param>
/// <param name="Value">With what; at most <see cref="ValueLengthMax"/> characters.</param>
public sealed record Matcher(string Label, MatchOperator Operator, string Value)
{
    public const int ValueLengthMax = 512;

    private Regex? _pattern;

    /// <summary>What is wrong with it, null when nothing is.</summary>
    [JsonIgnore]
    public string? Error
    {
        get
        {
            if (Label.Length == 0 || Value.Length > ValueLengthMax)
            {
                return $"a matcher needs a label and a value of at most {ValueLengthMax} characters";
            }

            try
            {
                _ = Operator is MatchOperator.Matches or MatchOperator.NotMatches ? Pattern() : null;
                return null;
            }
            catch (Exception problem) when (problem is ArgumentException or NotSupportedException)
            {
                return $"'{Value}' is no pattern: {problem.Message}";
            }
        }
    }

    public bool IsMatch(AlertLabels labels)
    {
        string value = labels[Label] ?? "";
        return Operator switch
        {
            MatchOperator.Equal => string.Equals(value, Value, StringComparison.Ordinal),
            MatchOperator.NotEqual => !string.Equals(value, Value, StringComparison.Ordinal),
            MatchOperator.Matches => Pattern().IsMatch(value),
            _ => !Pattern().IsMatch(value),
        };
    }

    public bool Equals(Matcher? other) =>
        other is not null && Operator == other.Operator
        && string.Equals(Label, other.Label, StringComparison.Ordinal) && string.Equals(Value, other.Value, StringComparison.Ordinal);

    public override int GetHashCode() => HashCode.Combine(Label, Operator, Value);

    public override string ToString() => $"{Label}{Operator switch { MatchOperator.Equal => "=", MatchOperator.NotEqual => "!=", MatchOperator.Matches => "=~", _ => "!~" }}\"{Value}\"";

    private Regex Pattern() => _pattern ??= new Regex($"^(?:{Value})$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
}
