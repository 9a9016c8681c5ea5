namespace Grainwatch.Signals.Rules;

/// <summary>A pattern for the value of a part of an entity or of a label: <c>*</c> is any text, <c>?</c> one character.</summary>
public sealed record LabelGlob(string Name, string Pattern)
{
    /// <summary>Longest pattern.</summary>
    public const int MaxLength = 256;

    /// <remarks>Greedy with one point of return: linear for patterns in practice, never exponential.</remarks>
    public bool Matches(string value)
    {
        int at = 0, pattern = 0, star = -1, resume = 0;
        while (at < value.Length)
        {
            if (pattern < Pattern.Length && Pattern[pattern] == '*')
            {
                star = pattern++;
                resume = at;
            }
            else if (pattern < Pattern.Length && (Pattern[pattern] == '?' || Pattern[pattern] == value[at]))
            {
                pattern++;
                at++;
            }
            else if (star >= 0)
            {
                pattern = star + 1;
                at = ++resume;
            }
            else
            {
                return false;
            }
        }

        return Pattern.AsSpan(pattern).Trim('*').IsEmpty;
    }
}
