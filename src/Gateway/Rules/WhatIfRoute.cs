using Grainwatch.Gateway.Fleet;
using Grainwatch.Gateway.Ingest;
using Grainwatch.Gateway.OpenApi;
using Grainwatch.Gateway.Problems;
using Grainwatch.Gateway.Security.Scopes;
using Grainwatch.Grains.Interfaces.Endpoints;
using Grainwatch.Grains.Interfaces.Rules;
using Grainwatch.Grains.Interfaces.Views;
using Grainwatch.Signals.Rules;
using Microsoft.AspNetCore.Mvc;

namespace Grainwatch.Gateway.Rules;

/// <summary><c>POST …/rules/what-if?endpoint=&amp;replace=</c>: what a rule file would have done over the windows that are held.</summary>
internal static class WhatIfRoute
{
    /// <summary>Endpoints of one request; one that names more is refused, and where none is named these many are tried.</summary>
    private const int EndpointsMax = 20;

    public static void MapWhatIf(this IEndpointRouteBuilder api) => api.MapPost("/rules/what-if", TryAsync).Needs(Scope.Read)
        .WithSummary("Judges a rule file over the windows that are held, at the endpoints named or at the first 20, beside the rules in force. Changes nothing.")
        .TakesBody(RuleRoutes.Yaml).Produces<WhatIfAnswer>().ProducesProblems(
            StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status413PayloadTooLarge,
                StatusCodes.Status503ServiceUnavailable);

    private static async Task TryAsync(
        HttpContext context, [FromQuery] string[]? endpoint, bool? replace, RequestBody bodies, FleetReader fleet, IGrainFactory grains,
            CancellationToken cancellationToken)
    {
        string text = await RuleBodies.ReadAsync(context, bodies);
        RuleSet candidate = RuleFile.Parse(text, "rules", out IReadOnlyList<RuleError> errors);
        if (errors.Count > 0)
        {
            await RuleBodies.RefuseAsync(context, [.. errors.Take(100).Select(e => new RuleFault(e.Line, e.Column, e.Message))],
                errors.Count);
            return;
        }

        (IReadOnlyList<FleetLine> lines, bool isTruncated) = await EndpointsAsync(endpoint ?? [], fleet, cancellationToken);
        TrialView[] trials = await Task.WhenAll(lines.Select(line =>
            grains.GetGrain<IEndpointGrain>(line.Key).WhatIf(text, replace ?? false, cancellationToken)));
        await context.Response.WriteAsJsonAsync(
            new WhatIfAnswer(1, candidate.Hash, trials.Sum(t => t.Candidate.Sum(r => r.Fired)),
                trials.Sum(t => t.Present.Sum(r => r.Fired)), trials, isTruncated),
            cancellationToken);
    }

    private static async Task<(IReadOnlyList<FleetLine> Lines, bool IsTruncated)> EndpointsAsync(
        string[] names, FleetReader fleet, CancellationToken cancellationToken)
    {
        if (names.Length > EndpointsMax)
        {
            throw new ProblemException(StatusCodes.Status400BadRequest, "endpoint",
                $"at most {EndpointsMax} endpoints are tried at a time");
        }

        if (names.Length == 0)
        {
            IReadOnlyList<FleetLine> all = await fleet.ListAsync(cancellationToken);
            return ([.. all.Take(EndpointsMax)], all.Count > EndpointsMax);
        }

        FleetLine?[] found = await Task.WhenAll(names.Distinct(StringComparer.Ordinal)
            .Select(name => fleet.FindAsync(name, cancellationToken)));
        return Array.IndexOf(found, null) < 0
            ? ([.. found.Select(line => line!)], false)
            : throw new ProblemException(StatusCodes.Status404NotFound, "endpoint", "one of the endpoints does not exist");
    }
}
