using System.Text.Json;
using Grainwatch.EndToEnd.Tests.Support;

namespace Grainwatch.EndToEnd.Tests;

/// <summary><c>grainwatch notify test</c> against receivers that take it, and one that is not there.</summary>
public sealed class NotifyTests
{
    [Fact]
    public async Task NotifyTest_ReceiversOfEachKind_SaysWhatBecameOfThePage()
    {
        using DataFolder folder = new();
        using WebhookInbox inbox = new();
        await using MotoServer moto = await MotoServer.StartAsync();
        RuleFiles.Write(
            folder.At("rules.yaml"),
            [
                $"hook: {{ webhook: {{ url: \"{inbox.Url}\" }} }}",
                $"topic: {{ sns: {{ topicArn: \"{MotoServer.TopicArn}\" }} }}",
                $"lost: {{ sns: {{ topicArn: \"{MotoServer.TopicArn}-that-is-not\" }} }}",
                $"gone: {{ webhook: {{ url: \"http://127.0.0.1:{Loopback.FreePort()}/\" }} }}",
            ],
            []);

        (int exit, string output, string error) = await TestAsync("hook", folder, moto);
        Assert.True(exit == 0, error);
        Assert.Contains("hook: took the test page", output, StringComparison.Ordinal);
        Assert.True(Assert.Single(inbox.Received).GetProperty("Grainwatch").GetProperty("test").GetBoolean());

        (exit, output, error) = await TestAsync("topic", folder, moto);
        Assert.True(exit == 0, error);
        Assert.Contains("topic: took the test page as ", output, StringComparison.Ordinal);
        JsonElement message = Assert.Single(await moto.TakeAsync());
        Assert.True(message.GetProperty("Grainwatch").GetProperty("test").GetBoolean());

        (exit, _, error) = await TestAsync("lost", folder, moto);
        Assert.Equal(1, exit);
        Assert.Contains("NotFound", error, StringComparison.Ordinal);

        (exit, _, error) = await TestAsync("gone", folder, moto);
        Assert.Equal(1, exit);
        Assert.Contains("gone: RefusedForNow", error, StringComparison.Ordinal);

        (exit, _, error) = await TestAsync("nobody", folder, moto);
        Assert.Equal(1, exit);
        Assert.Contains("there is no receiver 'nobody'", error, StringComparison.Ordinal);
    }

    private static Task<(int ExitCode, string Output, string Error)> TestAsync(string receiver, DataFolder folder, MotoServer moto) =>
        GrainwatchProcess.RunAsync(["notify", "test", receiver, "--rules", folder.At("rules.yaml")], aws: moto.Url);
}
