using System.Globalization;
using Grainwatch.Signals.Rules.Conditions;

namespace Grainwatch.Signals.Rules.Testing;

/// <summary>
/// Synthetic values in a line: <c>60%x30</c> thirty times, <c>10+2x5</c> is 10 12 14 16 18, <c>_x4</c> four gaps,
/// <c>!x2</c> two values that cannot be computed with. Without <c>xN</c>: once.
/// </summary>
public static class ValueSequence
{
    /// <summary>Most values in one sequence: ten days of 10-s buckets.</summary>
    public const int MaxValues = 86_400;

    /// <summary>Reads a sequence.</summary>
    /// <param name="text">Parts, separated by white space.</param>
    /// <param name="error">What is wrong and where; null: nothing.</param>
    /// <returns>The values: null is a gap, NaN cannot be computed with.</returns>
    public static IReadOnlyList<double?> Parse(string text, out ConditionError? error)
    {
        List<double?> values = [];
        error = null;
        for (int at = 0; at < text.Length; at++)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                continue;
            }

            int end = at;
            while (end < text.Length && !char.IsWhiteSpace(text[end]))
            {
                end++;
            }

            if (Part(text[at..end], values) is { } message)
            {
                error = new ConditionError(at, message);
                return [];
            }

            at = end;
        }

        if (values.Count == 0)
        {
            error = new ConditionError(0, "no values");
        }

        return values;
    }

    private static string? Part(string part, List<double?> values)
    {
        int times = part.LastIndexOf('x');
        int count = 1;
        if (times >= 0 && (!int.TryParse(part.AsSpan(times + 1), NumberStyles.None, CultureInfo.InvariantCulture, out count) || count == 0))
        {
            return $"'{part}': after x comes how often";
        }

        if (values.Count + (long)count > MaxValues)
        {
            return $"more than {MaxValues} values";
        }

        string what = times < 0 ? part : part[..times];
        if (what is "_" or "!")
        {
            values.AddRange(Enumerable.Repeat<double?>(what == "_" ? null : double.NaN, count));
            return null;
        }

        // A sign that follows a digit or unit steps; one at the start or in an exponent belongs to the number.
        int sign = Enumerable.Range(1, Math.Max(0, what.Length - 1)).FirstOrDefault(i => what[i] is '+' or '-' && what[i - 1] is not ('e' or 'E'), -1);
        double? first = Number(sign < 0 ? what : what[..sign]);
        double? step = sign < 0 ? 0 : Number(what[sign..]);
        if (first is null || step is null)
        {
            return $"'{part}' is no value: write 5, 60%, 250ms, 10+2x5, _x4 or !x2";
        }

        for (int i = 0; i < count; i++)
        {
            values.Add(first + (i * step));
        }

        return null;
    }

    private static double? Number(string text)
    {
        double sign = text.StartsWith('-') ? -1 : 1;
        string digits = text.TrimStart('+', '-');
        return text.Length - digits.Length <= 1 && ConditionParser.TryParseNumber(digits, out _) is { } number ? sign * number.Value : null;
    }
}
