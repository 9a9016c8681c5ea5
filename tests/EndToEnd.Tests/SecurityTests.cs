using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Grainwatch.EndToEnd.Tests.Support;

namespace Grainwatch.EndToEnd.Tests;

/// <summary>Keys from the command line to the gateway, and its certificate.</summary>
public sealed class SecurityTests : IDisposable
{
    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Up_WithAKeyAndACertificate_AnswersItsHolderOverTls()
    {
        (int exit, string output, string error) = await GrainwatchProcess.RunAsync(
            ["keys", "create", "--id", "reader", "--scopes", "read,silence", "--rate", "50", "--expires", "2126-11-30T00:00:00Z"]);
        Assert.Equal(0, exit);
        string[] lines = output.TrimEnd('\n').Split('\n');
        Assert.Matches("^gw_reader_[A-Za-z0-9_-]{43}$", lines[0]);
        Assert.Matches("^id=reader sha256=[0-9a-f]{64} scopes=read\\+silence rate=50 expires=2126-11-30T00:00:00Z$", lines[1]);
        Assert.DoesNotContain(lines[0], error, StringComparison.Ordinal);

        int port = Loopback.FreePort();
        using X509Certificate2 certificate = await CertificateAsync();
        await ConfigureAsync($"https://127.0.0.1:{port}", "Keys", lines[1]);
        await using GrainwatchProcess up = GrainwatchProcess.Start(
            "up", "--port", "0", "--no-recording", "--data", _folder.Path, "--config", _folder.At("config.json"));
        await up.LineAsync("listening on ");
        using SocketsHttpHandler handler = new()
        {
            SslOptions = { RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString() == certificate.GetCertHashString() },
        };
        using HttpClient http = new(handler) { BaseAddress = new Uri($"https://127.0.0.1:{port}") };
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(http, "/healthz", null));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(http, "/api/grainwatch/v1/fleet", null));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(http, "/api/grainwatch/v1/fleet", lines[0]));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(http, "/api/grainwatch/v1/receivers/log/test", lines[0], HttpMethod.Post));
        Assert.Equal(0, await up.TerminateAsync());
        Assert.DoesNotContain(lines[0], up.ErrorText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Up_OnAPublicAddressWithoutAuthentication_SaysSoAndEndsWith2()
    {
        using X509Certificate2 certificate = await CertificateAsync();
        await ConfigureAsync("https://0.0.0.0:0", "None", null);
        (int exit, _, string error) = await GrainwatchProcess.RunAsync(
            ["up", "--port", "0", "--no-recording", "--data", _folder.Path, "--config", _folder.At("config.json")]);
        Assert.Equal(2, exit);
        Assert.StartsWith("Grainwatch:Security:Mode is None, and https://0.0.0.0:0 can be reached from other machines", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task KeysCreate_WithEveryFault_NamesThemAllAndEndsWith2()
    {
        (int exit, string output, string error) = await GrainwatchProcess.RunAsync(
            ["keys", "create", "--id", "Reader", "--scopes", "everything", "--rate", "-1", "--bytes", "5", "--expires", "soon"]);
        Assert.Equal(2, exit);
        Assert.Equal("", output);
        Assert.Equal(5, error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient http, string path, string? key, HttpMethod? method = null)
    {
        using HttpRequestMessage request = new(method ?? HttpMethod.Get, path);
        if (key is not null)
        {
            request.Headers.Add("X-Api-Key", key);
        }

        using HttpResponseMessage answer = await http.SendAsync(request);
        return answer.StatusCode;
    }

    private async Task<X509Certificate2> CertificateAsync()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=localhost", key, HashAlgorithmName.SHA256);
        X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        await File.WriteAllTextAsync(_folder.At("tls.crt"), certificate.ExportCertificatePem());
        await File.WriteAllTextAsync(_folder.At("tls.key"), key.ExportPkcs8PrivateKeyPem());
        return certificate;
    }

    private Task ConfigureAsync(string url, string mode, string? line) => File.WriteAllTextAsync(_folder.At("config.json"), JsonSerializer.Serialize(new
    {
        Grainwatch = new { Security = new { Mode = mode, Keys = line is null ? Array.Empty<string>() : [line] } },
        Kestrel = new { Endpoints = new { Https = new { Url = url, Certificate = new { Path = _folder.At("tls.crt"), KeyPath = _folder.At("tls.key") } } } },
    }));
}
