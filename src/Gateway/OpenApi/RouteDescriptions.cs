namespace Grainwatch.Gateway.OpenApi;

/// <summary>How routes say what they answer, for the OpenAPI document.</summary>
internal static class RouteDescriptions
{
    public static RouteHandlerBuilder TakesBody(this RouteHandlerBuilder route, params string[] contentTypes) =>
        route.WithMetadata(new BodyDescription(contentTypes));

    public static RouteHandlerBuilder ProducesProblems(this RouteHandlerBuilder route, params int[] statuses)
    {
        foreach (int status in statuses)
        {
            route.ProducesProblem(status);
        }

        return route;
    }

    /// <summary>What every question about a resource may be answered with.</summary>
    public static RouteHandlerBuilder ProducesReadProblems(this RouteHandlerBuilder route) =>
        route.ProducesProblems(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status503ServiceUnavailable);
}
