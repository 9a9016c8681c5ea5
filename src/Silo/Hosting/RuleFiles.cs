using Grainwatch.Signals.Rules;

namespace Grainwatch.Silo.Hosting;

/// <summary>Reads the rule file that a process was given.</summary>
public static class RuleFiles
{
    /// <summary>The rules, the default set when no file is named; null when there are errors, which were written.</summary>
    public static RuleSet? TryRead(string? path, TextWriter error)
    {
        if (path is null)
        {
            return RuleSet.Default;
        }

        try
        {
            RuleSet rules = RuleFile.Parse(File.ReadAllText(path), path, out IReadOnlyList<RuleError> errors);
            foreach (RuleError problem in errors)
            {
                error.WriteLine(problem);
            }

            return errors.Count == 0 ? rules : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            error.WriteLine($"{path}: {e.Message}");
            return null;
        }
    }
}
