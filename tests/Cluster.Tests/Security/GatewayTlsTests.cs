using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Grainwatch.Cluster.Tests.Support;
using Grainwatch.Gateway.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Grainwatch.Cluster.Tests.Security;

/// <summary>The gateway behind a certificate, as <c>Kestrel:Endpoints</c> names it.</summary>
public sealed class GatewayTlsTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>
{
    [Fact]
    public async Task Start_WithAnHttpsEndpoint_ServesTlsWithItsCertificateAndNoPlainHttp()
    {
        string folder = Directory.CreateTempSubdirectory("grainwatch-tls").FullName;
        using TestCertificates certificates = new(folder);
        (string certificate, string key) = certificates.Issue("gateway", isClient: false);
        TestKeys keys = new();
        string reader = keys.Add("reader", "read");
        WebApplicationBuilder builder = WebApplication.CreateBuilder();
        foreach ((string name, string value) in keys.Settings)
        {
            builder.Configuration[name] = value;
        }

        builder.Configuration["Kestrel:Endpoints:Https:Url"] = "https://127.0.0.1:0";
        builder.Configuration["Kestrel:Endpoints:Https:Certificate:Path"] = certificate;
        builder.Configuration["Kestrel:Endpoints:Https:Certificate:KeyPath"] = key;
        builder.Configuration["Kestrel:Endpoints:Https:SslProtocols:0"] = "Tls13";
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(gateway.Grains);
        builder.Services.AddGrainwatchGateway(builder.Configuration);
        await using WebApplication app = builder.Build();
        app.MapGrainwatchGateway();
        await app.StartAsync();
        Uri address = new(Assert.Single(app.Urls));
        Assert.Equal("https", address.Scheme);

        using HttpClient http = Client(certificates.Authority, address);
        using HttpResponseMessage answer = await TestKeys.SendAsync(http, "GET", $"{Support.Doors.Api}/silences", reader);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);

        using TestCertificates stranger = new(folder, "stranger");
        using HttpClient deceived = Client(stranger.Authority, address);
        HttpRequestException refused = await Assert.ThrowsAsync<HttpRequestException>(() => deceived.GetAsync("/healthz"));
        Assert.IsType<AuthenticationException>(refused.InnerException);
        using HttpClient plain = new() { BaseAddress = new UriBuilder(address) { Scheme = "http" }.Uri };
        await Assert.ThrowsAsync<HttpRequestException>(() => plain.GetAsync("/healthz"));
        Directory.Delete(folder, recursive: true);
    }

    private static HttpClient Client(X509Certificate2 authority, Uri address)
    {
        SocketsHttpHandler handler = new()
        {
            SslOptions =
            {
                CertificateChainPolicy = new X509ChainPolicy
                {
                    TrustMode = X509ChainTrustMode.CustomRootTrust, CustomTrustStore = { authority }, RevocationMode = X509RevocationMode.NoCheck,
                },
            },
        };
        return new HttpClient(handler) { BaseAddress = address };
    }
}
