using Grainwatch.Cluster.Tests.Support;
using Grainwatch.Grains.Endpoints.Handover;
using Grainwatch.Grains.Interfaces.Endpoints;
using Grainwatch.Signals;
using Grainwatch.Signals.Topology;
using Grainwatch.Signals.Windows;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime.GrainDirectory;
using Orleans.Runtime.Placement;
using Xunit.Abstractions;

namespace Grainwatch.Cluster.Tests;

/// <summary>
/// Windows that never stay where they are, while a sender writes through the door: what was acknowledged is in them, and nothing else.
/// </summary>
public sealed class ChaosTests(ITestOutputHelper output)
{
    private const int Endpoints = 8;
    private const int Rows = 200;
    private const int Repeats = 50;
    private static readonly TimeSpan MigrationPatience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, true)]
    [InlineData(4, true)]
    public async Task Write_WhileWindowsMove_EveryAcknowledgedPointIsThereAndNoneIsWrong(int seed, bool isDoubled)
    {
        ForgetfulDirectory directory = new();
        await using SiloGroup group = await SiloGroup.StartAsync(
            2,
            silo =>
            {
                if (isDoubled)
                {
                    silo.Services.AddSingleton<IGrainDirectoryResolver>(directory);
                    silo.Services.AddSingleton<IGrainDirectoryCache>(new NoDirectoryCache());
                }
            },
            isRealTime: true);

        // Of two activations each decodes its own share of a running total: that is exact for gauges alone.
        Timestamp start = Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow()).Floor(TimeSpan.FromSeconds(10)) - TimeSpan.FromSeconds(10 * Rows);
        PointModel model = new(Endpoints, start, seed, hasTotals: !isDoubled);
        await group.WriteAsync(model.Next(), Repeats);

        using CancellationTokenSource end = new();
        Task<(int Moves, int Doubled)> chaos = Task.Run(() => MoveAsync(group, isDoubled ? directory : null, seed, end.Token));
        int repeats = 0;
        for (int row = 1; row < Rows && !chaos.IsCompleted; row++)
        {
            repeats += await group.WriteAsync(model.Next(), Repeats);
        }

        await end.CancelAsync();
        (int moves, int doubled) = await chaos;
        output.WriteLine($"seed {seed}: {moves} moves, {doubled} times two activations, {repeats} requests repeated, {model.Count} points acknowledged");
        Assert.True(moves >= Rows / 4, $"{moves} moves");
        Assert.Equal(isDoubled, doubled > 0);

        await Eventually.TrueAsync(() => Task.FromResult(Enumerable.Range(0, Endpoints).All(i => Enumerable.Range(0, 2)
            .All(silo => group.Service<ParkedWindows>(silo).Read(EntityId.ForEndpoint(PointModel.Name(i)).Key).Length == 0))));
        Assert.Equal(model.Lines(), await LinesAsync(group, start));
    }

    /// <summary>Moves, ends or doubles one activation after the other until it is stopped.</summary>
    private static async Task<(int Moves, int Doubled)> MoveAsync(SiloGroup group, ForgetfulDirectory? directory, int seed, CancellationToken end)
    {
        Random random = new(seed);
        (int moves, int doubled) = (0, 0);
        while (!end.IsCancellationRequested)
        {
            IEndpointGrain grain = group.Grains.GetGrain<IEndpointGrain>(EntityId.ForEndpoint(PointModel.Name(random.Next(Endpoints))).Key);
            GrainId id = grain.GetGrainId();
            int kind = random.Next(directory is null ? 2 : 3);
            if (!group.Cluster.TryGetGrainContext(id, out IGrainContext? context))
            {
                await grain.GetState(CancellationToken.None);
                continue;
            }

            SiloAddress other = group.Cluster.Silos.Select(s => s.SiloAddress).First(s => !s.Equals(context.Address.SiloAddress));
            switch (kind)
            {
                case 0:
                    context.Migrate(new Dictionary<string, object> { [IPlacementDirector.PlacementHintKey] = other }, CancellationToken.None);
                    break;
                case 1:
                    context.Deactivate(new DeactivationReason(DeactivationReasonCode.ApplicationRequested, "chaos"), CancellationToken.None);
                    break;
                default:
                    directory!.Forget(id);
                    RequestContext.Set(IPlacementDirector.PlacementHintKey, other);
                    await grain.Score([], CancellationToken.None);
                    RequestContext.Clear();

                    // Both live, and both are written to, until the directory settles the matter.
                    await grain.GetState(CancellationToken.None);
                    doubled += group.HoldersOf(grain.GetPrimaryKeyString()).Length == 2 ? 1 : 0;
                    context.Deactivate(new DeactivationReason(DeactivationReasonCode.DuplicateActivation, "chaos"), CancellationToken.None);
                    break;
            }

            try
            {
                await context.Deactivated.WaitAsync(MigrationPatience, CancellationToken.None);
            }
            catch (TimeoutException)
            {
                // A migration is an attempt: where the runtime declines it, the activation lives on, and is ended.
                context.Deactivate(new DeactivationReason(DeactivationReasonCode.ApplicationRequested, "chaos"), CancellationToken.None);
                await context.Deactivated.WaitAsync(Patience, CancellationToken.None);
            }

            moves++;
        }

        return (moves, doubled);
    }

    private static async Task<string[]> LinesAsync(SiloGroup group, Timestamp start)
    {
        List<string> lines = [];
        for (int i = 0; i < Endpoints; i++)
        {
            IEndpointGrain grain = group.Grains.GetGrain<IEndpointGrain>(EntityId.ForEndpoint(PointModel.Name(i)).Key);
            SeriesData[] series = await grain.Export(start, start + TimeSpan.FromHours(2), CancellationToken.None);
            lines.AddRange(series.Select(s => PointModel.Line(
                $"{s.Key.Entity}:{s.Key.Metric}", s.TimesUnixMs.Zip(s.Values, (time, value) => (time, (float)value)))));
        }

        return [.. lines.Order(StringComparer.Ordinal)];
    }
}
