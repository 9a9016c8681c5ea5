using System.Net;
using Grainwatch.Gateway.Hosting;
using Grainwatch.Gateway.Security;
using Grainwatch.Gateway.Security.Addresses;
using Grainwatch.Hosting.Addresses;
using Grainwatch.Hosting.Options;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Grainwatch.Cluster.Tests.Security;

/// <summary>An address that other machines reach is refused while nobody is asked who he is.</summary>
public sealed class AddressPolicyTests
{
    [Theory]
    [InlineData("http://127.0.0.1:5080", true)]
    [InlineData("http://127.8.9.1", true)]
    [InlineData("http://localhost:5080/base", true)]
    [InlineData("http://LOCALHOST", true)]
    [InlineData("https://[::1]:443", true)]
    [InlineData("http://[::ffff:127.0.0.1]:80", true)]
    [InlineData("http://unix:/run/grainwatch.sock", true)]
    [InlineData("http://*:80", false)]
    [InlineData("http://+:80", false)]
    [InlineData("http://0.0.0.0:80", false)]
    [InlineData("http://[::]:80", false)]
    [InlineData("http://10.0.0.7:80", false)]
    [InlineData("http://[::ffff:10.0.0.7]:80", false)]
    [InlineData("http://localhost.example.org:80", false)]
    [InlineData("http://127.0.0.1.example.org:80", false)]
    [InlineData("", false)]
    public void Refusals_WithoutAuthentication_AreOfAllButLoopback(string address, bool isAllowed)
    {
        Assert.Equal(isAllowed, AddressPolicy.Refusals([address], SecurityModes.None).Count == 0);
        Assert.Empty(AddressPolicy.Refusals([address], SecurityModes.Keys));
        Assert.Empty(AddressPolicy.Refusals([address], SecurityModes.Jwt));
    }

    [Fact]
    public void Of_AConfiguration_IsWhatTheServerWouldBind()
    {
        Assert.Empty(ConfiguredAddresses.Of(Configuration()));
        Assert.Equal(["http://*:80", "https://*:443"], ConfiguredAddresses.Of(Configuration(("http_ports", "80"), ("https_ports", "443"))));
        Assert.Equal(["http://a", "http://b"], ConfiguredAddresses.Of(Configuration(("urls", "http://a; http://b"), ("http_ports", "80"))));
        Assert.Equal(["https://*:1"], ConfiguredAddresses.Of(Configuration(("urls", "http://a"), ("Kestrel:Endpoints:Https:Url", "https://*:1"))));
    }

    [Theory]
    [InlineData("--urls=http://127.0.0.1:0;http://*:0")]
    [InlineData("--http_ports=0")]
    [InlineData("--Kestrel:Endpoints:Any:Url=http://0.0.0.0:0")]
    public async Task RunGateway_OnAPublicAddressWithoutAuthentication_SaysSoAmongTheFaultsAndEndsWith2(string argument)
    {
        await using StringWriter error = new();
        Assert.Equal(2, await GatewayHost.RunAsync([argument, "--Grainwatch:Events:ViewersMax=0"], TimeProvider.System, error));
        string[] lines = error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.Contains(lines, l => l.StartsWith("Grainwatch:Security:Mode is None, and http://", StringComparison.Ordinal)
            && l.Contains("can be reached from other machines", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_OnAnAddressThatCodeChose_IsRefusedUnlessItIsLoopback()
    {
        await using WebApplication open = Listening(IPAddress.Any);
        OptionsValidationException refused = await Assert.ThrowsAsync<OptionsValidationException>(() => open.StartAsync());
        Assert.Contains("0.0.0.0:0 can be reached", Assert.Single(SectionExtensions.FaultsOf(refused)), StringComparison.Ordinal);
        await using WebApplication loopback = Listening(IPAddress.Loopback);
        await loopback.StartAsync();
        Assert.NotEmpty(loopback.Urls);
    }

    private static WebApplication Listening(IPAddress address)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(address, 0));
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddGrainwatchSecurity();
        return builder.Build();
    }

    private static IConfiguration Configuration(params (string Key, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(s => s.Key, s => (string?)s.Value)).Build();
}
