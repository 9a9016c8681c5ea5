using Grainwatch.Cluster.Tests.Support;
using Grainwatch.Signals.Monitoring;
using Grainwatch.Signals.Ports;
using Grainwatch.Signals.Replay;
using Grainwatch.Signals.Rules;
using Grainwatch.Silo.Hosting;
using Grainwatch.Silo.Playback;
using Grainwatch.Silo.Story;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;

namespace Grainwatch.Cluster.Tests;

/// <summary>A recording that is played through a cluster tells what its replay tells.</summary>
public sealed class PlaybackTests
{
    [Fact]
    public async Task Play_BundledRecordingThroughTwoSilos_TellsTheIncidentsOfTheReplay()
    {
        Recording recording = RecordingReader.Read(Path.Combine(RepositoryRoot(), "recordings", "endless-output"));
        StoryLog log = new();
        InProcessTestClusterBuilder builder = new(2);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton(TimeProvider.System);
            silo.Services.AddSingleton<IStoryListener>(log);
            silo.AddGrainwatch(RuleSet.Default);
        });
        await using InProcessTestCluster cluster = builder.Build();
        await cluster.DeployAsync();

        TerminalStory terminal = new(TextWriter.Null, TimeProvider.System);
        using RecordingPlayer player = new(recording, new PlaybackOptions(PlaybackOptions.MaxSpeed), cluster.Client, TimeProvider.System, terminal);
        await player.StartAsync(CancellationToken.None);
        await player.ExecuteTask!;

        // Four evaluators score the answers of one bucket side by side, so the sequential tests see them in another order:
        // numbers in the evidence may differ in the third digit. What people are told does not.
        IReadOnlyList<StoryEvent> replayed = Replayer.Run(recording, RuleSet.Default).Events;
        Assert.NotEmpty(Incidents(replayed));
        Assert.Equal(Incidents(replayed), Incidents(log.Events));
        Assert.NotEmpty(Notifications(replayed));
        Assert.Equal(Notifications(replayed), Notifications(log.Events));
    }

    /// <summary>How each incident began and ended.</summary>
    private static string[] Incidents(IEnumerable<StoryEvent> story) => [.. story.OfType<IncidentEvent>()
        .Where(i => i.State != "updated")
        .Select(i => $"{i.Time} {i.IncidentId} {i.State} {i.Severity} {i.Diagnosis.Pattern} {i.Diagnosis.Causes[0].Entity} {i.Diagnosis.Causes[0].Metric}")];

    private static string[] Notifications(IEnumerable<StoryEvent> story) => [.. story.OfType<NotificationEvent>()
        .Select(n => $"{n.Time} {n.NotificationId} {n.Kind} {n.Severity} {n.Receiver} {n.Subject}")];

    private static string RepositoryRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Actors.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("Actors.sln is above the tests");
    }
}
