using System.Buffers;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading.Channels;
using Grainwatch.Grains.Correlation;
using Grainwatch.Grains.Delivery;
using Grainwatch.Grains.Endpoints;
using Grainwatch.Grains.Interfaces.Correlation;
using Grainwatch.Grains.Hosting;
using Grainwatch.Grains.Rules;
using Grainwatch.Grains.Telemetry;
using Grainwatch.Signals;
using Grainwatch.Signals.Alerts;
using Grainwatch.Signals.Monitoring;
using Grainwatch.Signals.Ports;
using Grainwatch.Signals.Rules;
using Grainwatch.Signals.Topology;
using Grainwatch.Signals.Windows;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Serialization;

namespace Grainwatch.Grains.Rehearsal;

/// <summary>
/// Once the process serves, goes the whole way of a page once, for an endpoint that does not exist: judged, explained, decided,
/// written as text, rendered, posted by webhook to this process itself, answered, resolved. Nothing is stored, told or counted.
/// </summary>
/// <remarks>
/// Code is compiled when it runs for the first time. For a page that is a thousand methods, a third of a second or more on the day
/// that it matters, of a process that may have run for a month.
/// </remarks>
public sealed partial class PageRehearsal(
    [FromKeyedServices(PageRehearsal.Publisher)] IAlertPublisher webhook, DeepCopier copier, Serializer serializer, IGrainFactory grains,
    IHostApplicationLifetime lifetime, TimeProvider time, ILoggerFactory loggers)
        : IHostedLifecycleService
{
    /// <summary>Key of the publisher of webhooks that posts to nobody but the rehearsal: it is no receiver's.</summary>
    public const string Publisher = "rehearsal";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    // Compiled code belongs to the process, not to the silo: of several silos one rehearses.
    private static int _begun;

    private readonly ILogger<PageRehearsal> _logger = loggers.CreateLogger<PageRehearsal>();
    private Task _rehearsal = Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Begins when everything has started; nobody waits for it.</summary>
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _begun, 1) == 0)
        {
            _rehearsal = RehearseAsideAsync(lifetime.ApplicationStopping);
        }

        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken) => await _rehearsal;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Goes the whole way twice, for an incident with a known cause and for one without: a page, and its end.</summary>
    /// <returns>What became of the notifications, in order.</returns>
    internal async Task<IReadOnlyList<DeliveryAnswer>> RehearseAsync(CancellationToken cancellationToken)
    {
        using RehearsedReceiver receiver = new();
        using RehearsedMeters meters = new();
        List<DeliveryAnswer> taken = [];
        await RehearseAsync(new RehearsedEndpoint(receiver.Url, isPlain: false), meters, taken, cancellationToken);
        await RehearseAsync(new RehearsedEndpoint(receiver.Url, isPlain: true), meters, taken, cancellationToken);
        Prepare(cancellationToken);
        return taken;
    }

    private async Task RehearseAsync(
        RehearsedEndpoint endpoint, RehearsedMeters meters, List<DeliveryAnswer> taken, CancellationToken cancellationToken)
    {
        Channel<DeliveryAnswer> answers = Channel.CreateUnbounded<DeliveryAnswer>();
        using RulesInForce rules = new(new RuleBase(endpoint.Rules), grains, time, loggers.CreateLogger<RulesInForce>());
        PublisherDirectory directory = new([webhook], new GrainInstruments(meters));
        DeliveryWorker delivery = new(
            new Publishing(rules, directory, time, loggers.CreateLogger<Publishing>()),
            (_, answer) => answers.Writer.WriteAsync(copier.Copy(answer), cancellationToken).AsTask(),
            time,
            loggers.CreateLogger<DeliveryWorker>());
        CorrelationStore store = new(RehearsedEndpoint.Name, new RehearsedState<CorrelationState>(), new RehearsedState<HistoryState>(), _logger);
        IncidentTurns turns = IncidentTurns.Begin(
            EntityId.ForEndpoint(RehearsedEndpoint.Name).Key, endpoint.Rules, "rehearsal", store, carried: null, ExportAsync, delivery, [new Listener()], time);

        Verdict[] bad = [.. endpoint.GoBad()];
        turns.Desk.Context = turns.Desk.Context with { Topology = endpoint.Topology, AreSilencesLoaded = true };
        await turns.ReportAsync(copier.Copy(bad), endpoint.Now);
        await AnswerAsync();
        await turns.ReportAsync(endpoint.GoWell(), endpoint.Now);
        await turns.TickAsync(endpoint.Now + RuleRoute.DefaultGroupInterval);
        await AnswerAsync();
        _ = JsonSerializer.Deserialize<EndpointAlertsState>(JsonSerializer.Serialize(turns.Desk.State, AlertJson.Options), AlertJson.Options);
        _ = serializer.Deserialize<SeriesData[]>(serializer.SerializeToArray(endpoint.Export()));
        _ = serializer.Deserialize<Verdict[]>(serializer.SerializeToArray(bad));

        async Task AnswerAsync()
        {
            DeliveryAnswer answer = await answers.Reader.ReadAsync(cancellationToken);
            taken.Add(answer);
            await turns.AnswerAsync(answer, endpoint.Now);
        }

        async Task<SeriesData[]> ExportAsync(Timestamp now)
        {
            await Task.Yield();
            return copier.Copy(endpoint.Export());
        }
    }

    /// <summary>What only grains of the runtime run, and the causes that this endpoint does not have, is compiled without being run.</summary>
    private static void Prepare(CancellationToken cancellationToken)
    {
        IEnumerable<Type> types = typeof(PageRehearsal).Assembly.GetTypes()
            .Where(t => IsOf(t, typeof(CorrelationGrain)) || IsOf(t, typeof(DeliveryWorker)) || IsOf(t, typeof(EndpointGrain)))
            .Concat(typeof(AlertMachine).Assembly.GetTypes().Where(t =>
                t.Namespace is { } space && space.StartsWith("Grainwatch.Signals.Correlation", StringComparison.Ordinal)))
            .Concat(typeof(ICorrelationGrain).Assembly.GetTypes().Where(t =>
                t.Name.StartsWith("Invokable_ICorrelationGrain", StringComparison.Ordinal)
                || t.Name.StartsWith("Invokable_IEndpointGrain", StringComparison.Ordinal)));
        foreach (Type type in types.Where(t => !t.ContainsGenericParameters))
        {
            foreach (MethodInfo method in type.GetMethods(
                BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (method is { IsAbstract: false, ContainsGenericParameters: false })
                {
                    RuntimeHelpers.PrepareMethod(method.MethodHandle);
                }
            }
        }

        static bool IsOf(Type type, Type room) => string.Equals(type.Namespace, room.Namespace, StringComparison.Ordinal);
    }

    private async Task RehearseAsideAsync(CancellationToken stopping)
    {
        using RehearsalThread thread = new();
        using CancellationTokenSource patience = new(Patience, time);
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(stopping, patience.Token);
        try
        {
            await Task.Factory.StartNew(() => RehearseAsync(end.Token), CancellationToken.None, TaskCreationOptions.None, thread).Unwrap();
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The process stops before it has begun.
        }
        catch (Exception e)
        {
            // The first page is slower then, and nothing else.
            LogNotRehearsed(_logger, e);
        }
    }

    [LoggerMessage(EventId = 1, EventName = "NotRehearsed", Level = LogLevel.Warning,
        Message = "the way of a page could not be rehearsed; the first page of this process takes a second more")]
    private static partial void LogNotRehearsed(ILogger logger, Exception exception);

    private sealed class Listener : IStoryListener
    {
        public void Tell(StoryEvent story) => StoryEventJson.Write(story, TopologyMap.Empty, new ArrayBufferWriter<byte>());
    }
}
