namespace Grainwatch.Signals.Quality.Text;

/// <summary>One line, without its end.</summary>
/// <param name="Start">First code unit.</param>
/// <param name="End">One past the last.</param>
/// <param name="Kind">Its shape.</param>
public readonly record struct TextLine(int Start, int End, LineKind Kind)
{
    /// <summary>Tables, rulers and code repeat by right.</summary>
    public bool IsStructured => Kind is LineKind.TableRow or LineKind.Ruler or LineKind.Fence or LineKind.Code;
}
