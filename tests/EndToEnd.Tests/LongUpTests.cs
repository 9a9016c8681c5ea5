using Grainwatch.EndToEnd.Tests.Support;

namespace Grainwatch.EndToEnd.Tests;

/// <summary>What takes minutes: run by <c>./test.sh --full</c>.</summary>
[Trait("Category", "Full")]
public sealed class LongUpTests
{
    [Fact]
    public async Task Up_WithoutAnyOption_TellsTheBundledStoryInAMinuteAndAHalf()
    {
        using WebhookInbox inbox = new();
        using DataFolder folder = new();
        await using GrainwatchProcess up = GrainwatchProcess.Start("up", "--port", "0", "--data", folder.Path, "--webhook", inbox.Url);
        Assert.Contains("60 times", await up.LineAsync("playing"), StringComparison.Ordinal);
        Assert.Contains("open quality-caused-load [page]", await up.LineAsync("INCIDENT"), StringComparison.Ordinal);
        await up.LineAsync("RESOLVED");
        await up.LineAsync("the recording is over");
        Assert.Equal(["firing", "resolved"], inbox.Received.Select(m => m.GetProperty("status").GetString()));
        Assert.Equal(0, await up.TerminateAsync());
    }
}
