namespace Grainwatch.Signals.Quality.Text;

/// <summary>What a line of an answer is, by its shape.</summary>
public enum LineKind : byte
{
    Blank,
    Prose,
    ListItem,
    Heading,
    TableRow,
    Ruler,
    Fence,
    Code,
}
