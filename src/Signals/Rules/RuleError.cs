namespace Grainwatch.Signals.Rules;

/// <summary>One thing that is wrong with a rule file.</summary>
/// <param name="File">The file as its reader named it.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
/// <param name="Message">What is wrong, and how to mend it where that is known.</param>
public sealed record RuleError(string File, int Line, int Column, string Message)
{
    /// <summary>As compilers print it: <c>serving.yaml:12:9: message</c>.</summary>
    public override string ToString() => $"{File}:{Line}:{Column}: {Message}";
}
