using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Grainwatch.Signals;

/// <summary>
/// Assertions about the program itself. They stay on in Release: a monitor that runs on in a state that cannot be
/// is worse than one that stops. Bad input is never an invariant; it is answered by a named error.
/// </summary>
public static class Invariant
{
    /// <summary>Throws when a condition that the surrounding code guarantees does not hold.</summary>
    /// <exception cref="InvalidOperationException">The condition is false: a programmer's error.</exception>
    public static void Require(
        [DoesNotReturnIf(false)] bool condition,
        [CallerArgumentExpression(nameof(condition))] string? expression = null)
    {
        if (!condition)
        {
            Fail(expression);
        }
    }

    [DoesNotReturn]
    private static void Fail(string? expression) =>
        throw new InvalidOperationException($"Invariant broken: {expression}");
}
