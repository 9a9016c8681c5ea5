using Microsoft.Extensions.Options;

namespace Grainwatch.Hosting.Options;

/// <summary>Collects what is wrong with a section, so that all of it is told at once.</summary>
public sealed class Faults(string section, SectionOptions options)
{
    private readonly List<string> _all = [.. options.Faults];

    public Faults Between<T>(string name, T value, T least, T most)
        where T : IComparable<T>
    {
        return Require(value.CompareTo(least) >= 0 && value.CompareTo(most) <= 0, name, $"is {value}; it must be from {least} to {most}");
    }

    public Faults Require(bool condition, string name, string fault)
    {
        if (!condition)
        {
            _all.Add($"{section}:{name} {fault}");
        }

        return this;
    }

    public ValidateOptionsResult Result() => _all.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(_all);
}
