using Grainwatch.Gateway.Problems;

namespace Grainwatch.Gateway.Ingest;

/// <summary>How a door of ours tells what became of a request.</summary>
internal static class IntakeAnswers
{
    /// <summary>200 with the counts when everything was taken, else as <see cref="RefuseAsync"/>.</summary>
    public static Task AnswerAsync(this HttpContext context, IntakeResult result, string what) => result.Rejected > 0
        ? context.RefuseAsync(result, what)
        : context.Response.WriteAsJsonAsync(new Taken(1, result.Accepted, 0), context.RequestAborted);

    /// <summary>400: says which were refused and why; the rest is kept.</summary>
    /// <param name="context">The request.</param>
    /// <param name="result">What became of it.</param>
    /// <param name="what">The plural of what was sent.</param>
    public static Task RefuseAsync(this HttpContext context, IntakeResult result, string what) => ProblemMiddleware.WriteAsync(
        context, StatusCodes.Status400BadRequest, "partial", $"{result.Rejected} {what} were refused, {result.Accepted} are kept",
        result.Errors, result.Accepted, result.Rejected);
}
