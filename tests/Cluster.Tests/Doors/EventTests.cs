using System.Net;
using Grainwatch.Cluster.Tests.Support;
using Grainwatch.Gateway.Events;
using Grainwatch.Gateway.Options;
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
        feed.Tell(Transition(1));
        feed.Tell(Transition(2));
        Assert.Equal(("transition", $"{feed.Epoch}:1"), await live.NextAsync());
        Assert.Equal(("transition", $"{feed.Epoch}:2"), await live.NextAsync());

        await using EventReader resumed = await EventReader.OpenAsync(http, $"{feed.Epoch}:1");
        Assert.Equal(("transition", $"{feed.Epoch}:2"), await resumed.NextAsync());

        for (int i = 3; i <= 6; i++)
        {
            feed.Tell(Transition(i));
        }

        // 4, 5 and 6 are kept: behind 3 one can go on, behind 2 one cannot, and another process knows none of it.
        await using EventReader oldest = await EventReader.OpenAsync(http, $"{feed.Epoch}:3");
        Assert.Equal(("transition", $"{feed.Epoch}:4"), await oldest.NextAsync());
        foreach (string lost in (string[])[$"{feed.Epoch}:2", "1:6", "nonsense", $"{feed.Epoch}:99"])
        {
            await using EventReader late = await EventReader.OpenAsync(http, lost);
            Assert.Equal(("reset", $"{feed.Epoch}:6"), await late.NextAsync());
        }
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
    public void Tell_OfLinesThatAreTooOldOrTooLarge_ForgetsTheOldestFirst()
    {
        FakeTimeProvider time = new();
        StoryFeed feed = new(Options.Create(new EventOptions { KeptBytesMax = 1 << 16 }), time);
        feed.Tell(Transition(1));
        time.Advance(TimeSpan.FromMinutes(9));
        feed.Tell(Transition(2));
        time.Advance(TimeSpan.FromMinutes(2));
        _ = feed.After(1, out IReadOnlyList<StoryLine>? young);
        Assert.Equal([2], young!.Select(l => l.Sequence));
        _ = feed.After(0, out IReadOnlyList<StoryLine>? old);
        Assert.Null(old);
        for (int i = 3; i < 1000; i++)
        {
            feed.Tell(Transition(i));
        }

        _ = feed.After(feed.Newest - 10, out IReadOnlyList<StoryLine>? newest);
        Assert.Equal(10, newest!.Count);
        _ = feed.After(2, out IReadOnlyList<StoryLine>? crowdedOut);
        Assert.Null(crowdedOut);
    }

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
