namespace Grainwatch.Signals.Replay;

/// <summary>Something in a recording that was left out or decided, and why.</summary>
/// <param name="File">Name of the file within the folder.</param>
/// <param name="Line">1 is the first; 0 where the reason itself names the place.</param>
/// <param name="Reason">One sentence without a full stop.</param>
public sealed record RecordingProblem(string File, long Line, string Reason)
{
    /// <summary><c>file:line: reason</c>, as compilers print it.</summary>
    public override string ToString() => Line == 0 ? $"{File}: {Reason}" : $"{File}:{Line}: {Reason}";
}
