namespace Grainwatch.Signals.Rules.Evaluation;

/// <summary>Where a series was found.</summary>
/// <param name="column">-1: nowhere yet.</param>
/// <param name="name">Under which of its names.</param>
internal readonly struct FoundColumn(int column, int name)
{
    // One more than the column, so that the default is none.
    private readonly int _place = column + 1;
    private readonly short _name = (short)name;

    public int Column => _place - 1;

    public int Name => _name;
}
