namespace Grainwatch.Hosting.Options;

/// <summary>Options that are read from a section of the configuration.</summary>
public abstract class SectionOptions
{
    private readonly List<string> _faults = [];

    /// <summary>What could not be read: unknown names, values of another type. The validator tells them with its own.</summary>
    internal IReadOnlyList<string> Faults => _faults;

    internal void AddFault(string fault) => _faults.Add(fault);
}
