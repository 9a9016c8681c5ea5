using Grainwatch.Gateway.Hosting;
using Grainwatch.Gateway.Options;
using Grainwatch.Hosting.Options;
using Grainwatch.Silo.Playback;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Grainwatch.Cluster.Tests.Doors;

/// <summary>What keeps a process from starting, and how it says so.</summary>
public sealed class StartTests
{
    private static readonly string[] Faulty =
    [
        "--Grainwatch:Limits:BodyBytesMax=-1", "--Grainwatch:Limits:RetryAfter=soon", "--Grainwatch:Events:ViewersMax=0", "--Grainwatch:FleetMetrics:EndpointsMax=many",
        "--Grainwatch:Mapping:Endpoint=app", "--Grainwatch:Mapping:Component=app", "--Grainwatch:Limit:BodyBytesMax=1024",
        "--Grainwatch:Security:Mode=perhaps",
    ];

    [Fact]
    public async Task RunGateway_FaultsInEverySection_NamesThemAllAndEndsWith2()
    {
        await using StringWriter error = new();
        Assert.Equal(2, await GatewayHost.RunAsync(Faulty, TimeProvider.System, error));
        string[] lines = error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(
            ["Events:ViewersMax", "FleetMetrics:EndpointsMax", "Limit", "Limits:BodyBytesMax", "Limits:RetryAfter", "Mapping:Component", "Security:Mode"],
            lines.Select(l => l.Split(' ')[0]["Grainwatch:".Length..]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void AddGateway_EveryOptionsClass_HasAValidatorThatRunsAtStart()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(Faulty);
        builder.Services.AddGrainwatchGateway(builder.Configuration);
        Type[] all = [typeof(RootOptions), .. typeof(IngestLimits).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(SectionOptions)))];
        Assert.NotEmpty(all);
        Assert.All(all, t => Assert.Contains(builder.Services, s => s.ServiceType == typeof(IValidateOptions<>).MakeGenericType(t)));
        using ServiceProvider services = builder.Services.BuildServiceProvider();
        Exception refused = Assert.ThrowsAny<Exception>(() => services.GetRequiredService<IStartupValidator>().Validate());

        // One failure for each class: all of them are asked at start, none only when it is first used.
        Assert.Equal(all.Length, Assert.IsType<AggregateException>(refused).InnerExceptions.Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(double.NaN)]
    [InlineData(10_001)]
    public void PlaybackOptions_SpeedThatCannotBe_IsRefused(double speed) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new PlaybackOptions(speed));
}
