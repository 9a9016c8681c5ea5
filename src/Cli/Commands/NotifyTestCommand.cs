using System.CommandLine;
using Grainwatch.Gateway.Problems;
using Grainwatch.Gateway.Receivers;
using Grainwatch.Grains.Interfaces.Correlation;
using Grainwatch.Hosting;
using Grainwatch.Signals.Rules;
using Grainwatch.Silo.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Hosting;

namespace Grainwatch.Cli.Commands;

/// <summary>
/// <c>grainwatch notify test RECEIVER --rules FILE</c>: a marked test page the whole way, through outbox and publisher of a
/// silo of its own. 0: the receiver took it; 1: it did not, with the reason.
/// </summary>
internal static class NotifyTestCommand
{
    public static Command Create()
    {
        Argument<string> receiver = new("RECEIVER") { Description = "a receiver of the rule file" };
        Option<string?> rules = new("--rules") { Description = "a rule file; the default set when absent" };
        Command command = new("test", "Sends a marked test page and says what became of it.") { receiver, rules };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetRequiredValue(receiver), parsed.GetValue(rules), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string receiver, string? path, CancellationToken cancellationToken)
    {
        if (RuleFiles.TryRead(path, Console.Error) is not { } rules)
        {
            return ExitCode.Failure;
        }

        TestPage? page;
        try
        {
            page = await SendAsync(receiver, rules, cancellationToken);
        }
        catch (ProblemException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return ExitCode.Failure;
        }

        if (page is { State: "Sent" })
        {
            await Console.Out.WriteLineAsync($"{receiver}: took the test page{(page.MessageId is { } id ? $" as {id}" : "")}");
            return ExitCode.Success;
        }

        await Console.Error.WriteLineAsync($"{receiver}: {page?.State ?? "no answer"}{(page?.Detail is { } detail ? $": {detail}" : "")}");
        return ExitCode.Failure;
    }

    private static async Task<TestPage?> SendAsync(string receiver, RuleSet rules, CancellationToken cancellationToken)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.AddFilter("Orleans", LogLevel.None);
        builder.Services.AddSingleton(Clock.Wall);
        builder.UseOrleans(silo => silo.UseLocalhostClustering(Loopback.FreePort(), Loopback.FreePort()).AddGrainwatch(rules));
        using IHost host = builder.Build();
        await host.StartAsync(cancellationToken);
        TestPage? page = await ReceiverRoutes.SendAsync(receiver, host.Services.GetRequiredService<IGrainFactory>(), Clock.Wall, cancellationToken);
        await host.StopAsync(CancellationToken.None);
        return page;
    }
}
