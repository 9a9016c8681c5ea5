using Grainwatch.Grains.Placement;
using Grainwatch.Grains.Rules;
using Orleans.Runtime;

namespace Grainwatch.Silo.Health;

/// <summary>
/// <c>/healthz</c>: the process lives. <c>/readyz</c>: this silo takes its share, or the reasons why not. A store that fails later
/// is none: windows are written and judged without it, and pages go out.
/// </summary>
public static class SiloHealthRoutes
{
    public static void MapSiloHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz", () => Results.Json(new { status = "ok" }));
        routes.MapGet("/readyz", (ISiloStatusOracle silos, RulesInForce rules, TreeMover trees) =>
        {
            string[] reasons = [.. Reasons(silos.CurrentStatus, rules.Loaded.IsCompleted, trees.IsLeaving)];
            return Results.Json(
                new { status = reasons.Length == 0 ? "ready" : "not ready", reasons },
                statusCode: reasons.Length == 0 ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
        });
    }

    internal static IEnumerable<string> Reasons(SiloStatus status, bool hasRules, bool isLeaving)
    {
        if (status != SiloStatus.Active)
        {
            yield return $"the silo is {status}, not Active";
        }

        if (!hasRules)
        {
            yield return "the rules have not been read from the store yet";
        }

        if (isLeaving)
        {
            yield return "the silo was told to end and hands its endpoints over";
        }
    }
}
