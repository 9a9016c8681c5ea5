using System.Net;
using Grainwatch.Cluster.Tests.Support;
using Grainwatch.Gateway.Events;
using Grainwatch.Gateway.Options;
using Grainwatch.Grains.Interfaces.Story;
using Grainwatch.Grains.Story;
using Grainwatch.Signals;
using Grainwatch.Signals.Monitoring;
using Grainwatch.Signals.Rules;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Grainwatch.Cluster.Tests.Doors;

public sealed class EventTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>
{
    private const string Path = $"{Support.Doors.Api}/events";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Get_Events_StreamsResumesAndResets()
    {
        await using WebApplication app = await gateway.StartGatewayAsync(("Grainwatch:Events:KeptMax", "3"));
        StoryFeed feed = app.Services.GetRequiredService<StoryFeed>();
        using HttpClient http = new() { BaseAddress = new Uri(app.Urls.First()) };

        await using EventReader live = await EventReader.OpenAsync(http, null);
        (long epoch, long n) = feed.Newest;
        Tell(0, 1);
        Tell(0, 2);
        Assert.Equal(("transition", $"{epoch}:{n + 1}"), await live.NextAsync());
        Assert.Equal(("transition", $"{epoch}:{n + 2}"), await live.NextAsync());

        await using EventReader resumed = await EventReader.OpenAsync(http, $"{epoch}:{n + 1}");
        Assert.Equal(("transition", $"{epoch}:{n + 2}"), await resumed.NextAsync());

        for (int i = 3; i <= 6; i++)
        {
            Tell(0, i);
            Assert.Equal(("transition", $"{epoch}:{n + i}"), await live.NextAsync());
        }

        // 4, 5 and 6 are kept: behind 3 one can go on, behind 2 one cannot, and another epoch knows none of it.
        await using EventReader oldest = await EventReader.OpenAsync(http, $"{epoch}:{n + 3}");
        Assert.Equal(("transition", $"{epoch}:{n + 4}"), await oldest.NextAsync());
        foreach (string lost in (string[])[$"{epoch}:{n + 2}", $"1:{n + 6}", "nonsense", $"{epoch}:{n + 99}"])
        {
            await using EventReader late = await EventReader.OpenAsync(http, lost);
            Assert.Equal(("reset", $"{epoch}:{n + 6}"), await late.NextAsync());
        }
    }

    /// <summary>Whichever silo tells and whichever gateway is asked, it is one story under the same numbers.</summary>
    [Fact]
    public async Task Get_EventsOfAnySiloAtAnyGateway_AreTheSameAndResumeAtAnother()
    {
        await using WebApplication app = await gateway.StartGatewayAsync();
        using HttpClient other = new() { BaseAddress = new Uri(app.Urls.First()) };
        await using EventReader here = await EventReader.OpenAsync(gateway.Http, null);
        await using EventReader there = await EventReader.OpenAsync(other, null);
        string newest = "";
        for (int i = 0; i < 4; i++)
        {
            Tell(silo: i % 2, 100 + i);
            (string type, newest) = await here.NextAsync();
            Assert.Equal((type, newest), await there.NextAsync());
        }

        await using EventReader resumed = await EventReader.OpenAsync(other, newest);
        Tell(1, 104);
        (string, string) next = await here.NextAsync();
        Assert.Equal(next, await resumed.NextAsync());
    }

    [Fact]
    public async Task Get_StoryThatBeganAnew_IsResetAndGoesOn()
    {
        await using EventReader stream = await EventReader.OpenAsync(gateway.Http, null);
        Tell(0, 200);
        (_, string before) = await stream.NextAsync();
        await gateway.Cluster.DeactivateAsync(gateway.Grains.GetGrain<IStoryGrain>(IStoryGrain.TheOne));
        Tell(1, 201);
        (string type, string after) = await stream.NextAsync();
        Assert.Equal("reset", type);
        Assert.NotEqual(before.Split(':')[0], after.Split(':')[0]);
        Tell(0, 202);
        Assert.Equal("transition", (await stream.NextAsync()).Type);
    }

    [Fact]
    public async Task Tell_TheSameLinesAgain_AreTakenOnce()
    {
        IStoryGrain story = gateway.Grains.GetGrain<IStoryGrain>(17);
        StoryLine[] lines = [new(0, "transition", "{}", DateTimeOffset.UtcNow), new(0, "incident", "{}", DateTimeOffset.UtcNow)];
        await story.Tell("a", 1, lines);
        await story.Tell("a", 1, lines);
        await story.Tell("a", 2, lines);
        await story.Tell("b", 1, lines);
        StoryPage page = await story.Read(0, 0, CancellationToken.None);
        Assert.Equal([(1, "transition"), (2, "incident"), (3, "incident"), (4, "transition"), (5, "incident")], page.Lines.Select(l => ((int)l.Sequence, l.Type)));
    }

    [Fact]
    public async Task Get_MoreStreamsThanMayBeOpen_Is429()
    {
        await using WebApplication app = await gateway.StartGatewayAsync(("Grainwatch:Events:ViewersMax", "1"));
        using HttpClient http = new() { BaseAddress = new Uri(app.Urls.First()) };
        await using EventReader first = await EventReader.OpenAsync(http, null);
        using HttpResponseMessage second = await http.GetAsync(Path);
        Assert.Equal(HttpStatusCode.TooManyRequests, second.StatusCode);
        Assert.NotNull(second.Headers.RetryAfter);
    }

    [Fact]
    public async Task Get_Events_BeatWhileNothingHappens()
    {
        await using WebApplication app = await gateway.StartGatewayAsync(("Grainwatch:Events:Heartbeat", "00:00:01"));
        using HttpClient http = new() { BaseAddress = new Uri(app.Urls.First()) };
        await using EventReader stream = await EventReader.OpenAsync(http, null);
        Assert.Equal(": heartbeat", await stream.LineAsync(l => l.StartsWith(": h", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Stop_WhileSomeoneWatches_EndsTheStreamAtOnce()
    {
        await using WebApplication app = await gateway.StartGatewayAsync();
        using HttpClient http = new() { BaseAddress = new Uri(app.Urls.First()) };
        await using EventReader stream = await EventReader.OpenAsync(http, null);
        await app.StopAsync().WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void Take_OfLinesThatAreTooOldOrTooLarge_ForgetsTheOldestFirst()
    {
        FakeTimeProvider time = new();
        StoryFeed feed = new(Options.Create(new EventOptions { KeptBytesMax = 1 << 16 }), time);
        void Take(int number) => feed.Take(new StoryPage(7, number - 1, [new(number, "transition", new string('x', 200), time.GetUtcNow())], IsGap: false));
        Take(1);
        time.Advance(TimeSpan.FromMinutes(9));
        Take(2);
        time.Advance(TimeSpan.FromMinutes(2));
        _ = feed.After((7, 1), out IReadOnlyList<StoryLine>? young);
        Assert.Equal([2], young!.Select(l => l.Sequence));
        _ = feed.After((7, 0), out IReadOnlyList<StoryLine>? old);
        Assert.Null(old);
        for (int i = 3; i < 1000; i++)
        {
            Take(i);
        }

        _ = feed.After((7, 989), out IReadOnlyList<StoryLine>? newest);
        Assert.Equal(10, newest!.Count);
        _ = feed.After((7, 2), out IReadOnlyList<StoryLine>? crowdedOut);
        Assert.Null(crowdedOut);
    }

    private void Tell(int silo, int number) => gateway.Cluster.Silos[silo].ServiceProvider.GetRequiredService<StoryRelay>().Tell(Transition(number));

    private static TransitionEvent Transition(int number) => new(
        Timestamp.FromUnixSeconds(1_772_000_000 + number), $"rule-{number}", "v", "chat/assist", null, "Normal", "Firing", "Raised", new Evidence(1, 0, "x > 0"));

    private sealed class EventReader : IAsyncDisposable
    {
        private readonly HttpResponseMessage _answer;
        private readonly StreamReader _lines;

        private EventReader(HttpResponseMessage answer, Stream body)
        {
            _answer = answer;
            _lines = new StreamReader(body);
        }

        /// <summary>Opens a stream; when it answers, its place in the story is taken.</summary>
        public static async Task<EventReader> OpenAsync(HttpClient http, string? lastEventId)
        {
            using HttpRequestMessage request = new(HttpMethod.Get, Path);
            if (lastEventId is not null)
            {
                request.Headers.TryAddWithoutValidation("Last-Event-ID", lastEventId);
            }

            HttpResponseMessage answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.MediaType);
            EventReader reader = new(answer, await answer.Content.ReadAsStreamAsync());
            await reader.LineAsync(l => l.StartsWith("retry:", StringComparison.Ordinal));
            return reader;
        }

        public async Task<(string Type, string Id)> NextAsync()
        {
            string type = await LineAsync(l => l.StartsWith("event: ", StringComparison.Ordinal));
            string id = await LineAsync(l => l.StartsWith("id: ", StringComparison.Ordinal));
            await LineAsync(l => l.StartsWith("data: {", StringComparison.Ordinal));
            return (type[7..], id[4..]);
        }

        public async Task<string> LineAsync(Func<string, bool> isIt)
        {
            using CancellationTokenSource deadline = new(Patience);
            while (true)
            {
                string line = await _lines.ReadLineAsync(deadline.Token) ?? throw new Xunit.Sdk.XunitException("the stream ended");
                if (isIt(line))
                {
                    return line;
                }
            }
        }

        public ValueTask DisposeAsync()
        {
            _lines.Dispose();
            _answer.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
