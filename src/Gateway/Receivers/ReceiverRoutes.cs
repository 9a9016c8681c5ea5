using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Grainwatch.Gateway.Json;
using Grainwatch.Gateway.OpenApi;
using Grainwatch.Gateway.Problems;
using Grainwatch.Gateway.Security.Scopes;
using Grainwatch.Grains.Interfaces.Correlation;

namespace Grainwatch.Gateway.Receivers;

/// <summary><c>POST …/receivers/{r}/test</c>: a marked test page the whole way, and what became of it.</summary>
public static class ReceiverRoutes
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan AskEvery = TimeSpan.FromMilliseconds(100);

    public static void MapReceivers(this IEndpointRouteBuilder api) => api.MapPost("/receivers/{receiver}/test", TestAsync).Needs(Scope.Admin)
        .WithSummary("Sends a marked test page the whole way and says what became of it.").ProducesReadProblems();

    /// <summary>Sends a test page through the outbox and waits for its first answer; null: none came in time.</summary>
    /// <exception cref="ProblemException">404: there is no such receiver.</exception>
    public static async Task<TestPage?> SendAsync(string receiver, IGrainFactory grains, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(grains);
        ArgumentNullException.ThrowIfNull(time);
        string request = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        ICorrelationGrain own = grains.GetGrain<ICorrelationGrain>(OwnEndpoint.Key);
        if (!await own.RequestTest(receiver, request, cancellationToken))
        {
            throw new ProblemException(StatusCodes.Status404NotFound, "receiver", $"there is no receiver '{receiver}'");
        }

        long begun = time.GetTimestamp();
        TestPage? page = null;
        while (page is null or { IsOver: false, State: "Accepted" } && time.GetElapsedTime(begun) < Patience)
        {
            await Task.Delay(AskEvery, time, cancellationToken);
            page = await own.GetTest(request, cancellationToken);
        }

        return page;
    }

    private static async Task<JsonObject> TestAsync(string receiver, IGrainFactory grains, TimeProvider time, CancellationToken cancellationToken) =>
        Document.Of(await SendAsync(receiver, grains, time, cancellationToken) ?? new TestPage("Pending", false, null, "no answer yet"));
}
