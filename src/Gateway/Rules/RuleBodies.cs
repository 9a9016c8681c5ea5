using System.Text;
using Grainwatch.Gateway.Ingest;
using Grainwatch.Gateway.Problems;
using Grainwatch.Grains.Interfaces.Rules;

namespace Grainwatch.Gateway.Rules;

/// <summary>Rule files as bodies of requests.</summary>
internal static class RuleBodies
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="ProblemException">413: too long. 400: no UTF-8.</exception>
    public static async Task<string> ReadAsync(HttpContext context, RequestBody bodies)
    {
        byte[] body = await bodies.ReadUnpackedAsync(context);
        try
        {
            string text = Strict.GetString(body);
            return text.Length <= RuleChange.TextMax ? text : throw new ProblemException(
                StatusCodes.Status413PayloadTooLarge, "too-large", $"a rule file has at most {RuleChange.TextMax} characters here");
        }
        catch (DecoderFallbackException)
        {
            throw new ProblemException(StatusCodes.Status400BadRequest, "utf-8", "a rule file is UTF-8");
        }
    }

    /// <summary>400: names every fault with its line, in the words of <c>grainwatch rules check</c>.</summary>
    public static Task RefuseAsync(HttpContext context, IReadOnlyList<RuleFault> faults, int count) => ProblemMiddleware.WriteAsync(
        context, StatusCodes.Status400BadRequest, "rules", $"{count} faults in the rule file; nothing was changed",
        [.. faults.Select((f, i) => new PartialError(i, null, "rules", f.Message, f.Line, f.Column))]);
}
