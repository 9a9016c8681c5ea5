using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Quality.Text;

namespace Grainwatch.Signals.Quality.Checks;

/// <summary>Finds C# in a fence that cannot compile, as far as reading without a compiler goes.</summary>
/// <remarks>
/// Reads the fences marked csharp, cs or c#: brackets must pair outside strings and comments, strings must end, the
/// fence must close, no typographic quotes, a statement must not run into the next one, and a small-letter name that
/// stands there once without being declared is doubtful (see <see cref="CSharpReader"/>). Scale: 1 = nothing found, 0 =
/// cannot parse, .3 = a doubtful name. Other languages and clipped answers are unknown. Weakness: types and meaning are
/// not seen: passing says little. Cost: one pass over the tokens.
/// </remarks>
public sealed class CodeCheck : ICheck
{
    public string Dimension => QualityDimensions.Code;

    public string Evaluator => "code-csharp";

    public string Version => "1";

    public DimensionScore? Evaluate(in CheckInput input)
    {
        AnalysedText answer = input.Response;
        TextLine open = default;
        bool inside = false;
        bool any = false;
        List<string> faults = [];
        double worst = 1.0;
        foreach (TextLine line in answer.Lines)
        {
            if (line.Kind != LineKind.Fence)
            {
                continue;
            }

            if (!inside)
            {
                (open, inside) = (line, IsCSharp(answer.Of(line)));
                continue;
            }

            any = true;
            worst = Math.Min(worst, Read(answer.Text.AsSpan(open.End, line.Start - open.End), faults));
            inside = false;
        }

        if (inside && !answer.Clipped)
        {
            return DimensionScore.Of(this, 0.0, "the code fence is left open");
        }

        return any && !answer.Clipped ? DimensionScore.Of(this, worst, faults) : null;
    }

    private static bool IsCSharp(ReadOnlySpan<char> fence)
    {
        ReadOnlySpan<char> language = fence.Trim().Trim('`').Trim();
        return language.Equals("csharp", StringComparison.OrdinalIgnoreCase) || language.Equals("cs", StringComparison.OrdinalIgnoreCase)
            || language.Equals("c#", StringComparison.OrdinalIgnoreCase);
    }

    private static double Read(ReadOnlySpan<char> code, List<string> faults)
    {
        CSharpReader reader = new(code);
        if (reader.Fault(code) is { } fault)
        {
            faults.Add(fault);
            return 0.0;
        }

        if (reader.DoubtfulName(code) is { } name)
        {
            faults.Add(name);
            return 0.3;
        }

        return 1.0;
    }
}
