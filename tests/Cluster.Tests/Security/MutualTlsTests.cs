using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Grainwatch.Cluster.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Runtime;
using Orleans.Tls;

namespace Grainwatch.Cluster.Tests.Security;

/// <summary>Silos and clients that show each other certificates of one authority.</summary>
public sealed class MutualTlsTests : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string _folder = Directory.CreateTempSubdirectory("grainwatch-mtls").FullName;
    private readonly TlsCluster _cluster = new();
    private TestCertificates _authority = null!;
    private TestCertificates _stranger = null!;

    public Task InitializeAsync()
    {
        _authority = new TestCertificates(_folder);
        _stranger = new TestCertificates(_folder, "stranger");
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    public void Dispose()
    {
        _authority.Dispose();
        _stranger.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Call_BetweenSilosAndAClientOfOneAuthority_GoesThroughAndStrangersAreRefused()
    {
        Action<MutualTlsOptions> silo = Options(_authority, _authority.Issue("silo"));
        await _cluster.StartSiloAsync(0, silo);
        await _cluster.StartSiloAsync(1, silo);
        Action<MutualTlsOptions> own = Options(_authority, _authority.Issue("client", isServer: false));
        IHost client = await _cluster.StartClientAsync(1, own);

        // The statistics of a silo are asked of itself, by whichever silo holds the management grain.
        IManagementGrain management = client.Services.GetRequiredService<IGrainFactory>().GetGrain<IManagementGrain>(0);
        Dictionary<SiloAddress, SiloStatus> silos = await management.GetHosts(onlyActive: true);
        Assert.Equal(_cluster.SiloPorts.Order(), silos.Keys.Select(s => s.Endpoint.Port).Order());
        Assert.Equal(2, (await management.GetRuntimeStatistics([.. silos.Keys])).Length);

        int gateway = _cluster.GatewayPorts[0];
        int siloPort = _cluster.SiloPorts[0];
        foreach (int port in (int[])[gateway, siloPort])
        {
            await CutOffWithoutTlsAsync(port);
            await CutOffAsync(port, null);
            await CutOffAsync(port, _stranger.Issue("foreign"));
            await CutOffAsync(port, _authority.Issue("server", isClient: false));
            await CutOffAsync(port, _authority.Issue("old", daysFromNow: 0));
        }

        // A client's certificate opens the gateway, as above, and nothing else.
        await CutOffAsync(siloPort, _authority.Issue("client-2", isServer: false));

        // The client looks at the silo as well.
        using CancellationTokenSource enough = new();
        Task<IHost> doubtful = _cluster.StartClientAsync(0, Options(_stranger, _authority.Issue("client-3")), enough.Token);
        Assert.Contains("not of a believed authority", await _cluster.Log.FirstAsync($"Outbound 127.0.0.1:{gateway}: no TLS"), StringComparison.Ordinal);
        await enough.CancelAsync();
        Assert.IsNotType<TimeoutException>(await Record.ExceptionAsync(() => doubtful.WaitAsync(Patience)));

        // Whoever was in is not harmed by all who were not let in.
        Assert.Equal(2, (await management.GetHosts(onlyActive: true)).Count);
    }

    [Fact]
    public async Task Connect_AfterTheFilesHaveChanged_ShowsAndBelievesTheNewOnes()
    {
        (string Certificate, string Key) files = _authority.Issue("silo");
        Action<MutualTlsOptions> silo = Options(_authority, files);
        await _cluster.StartSiloAsync(0, silo);
        (string Certificate, string Key) client = _authority.Issue("client", isServer: false);
        using X509Certificate2 first = Load(client);
        Assert.Equal(X509CertificateLoader.LoadCertificateFromFile(files.Certificate), await ShownAsync(first));

        // Half of an exchange: what was there before stays.
        string half = await File.ReadAllTextAsync(files.Key);
        _authority.Issue("silo");
        string whole = await File.ReadAllTextAsync(files.Key);
        X509Certificate2 renewed = X509CertificateLoader.LoadCertificateFromFile(files.Certificate);
        await File.WriteAllTextAsync(files.Key, half);
        Assert.NotEqual(renewed, await ShownAsync(first));
        await File.WriteAllTextAsync(files.Key, whole);
        Assert.Equal(renewed, await ShownAsync(first));

        // Another authority in place of the first.
        await File.WriteAllTextAsync(_authority.AuthorityPath, await File.ReadAllTextAsync(_stranger.AuthorityPath));
        await CutOffAsync(_cluster.GatewayPorts[0], client);
        using X509Certificate2 second = Load(_stranger.Issue("other", isServer: false));
        Assert.Equal(renewed, await ShownAsync(second));
    }

    [Fact]
    public async Task Start_WithFilesThatCannotBeUsed_IsRefused()
    {
        (string certificate, _) = _authority.Issue("one");
        (_, string key) = _authority.Issue("two");
        Exception none = await Assert.ThrowsAnyAsync<Exception>(() => _cluster.StartSiloAsync(0, options => options.HandshakeTimeout = TimeSpan.Zero));
        Assert.All(((string[])["CertificatePath", "KeyPath", "AuthorityPath", "HandshakeTimeout"]), n => Assert.Contains(n, none.Message, StringComparison.Ordinal));
        Exception pair = await Assert.ThrowsAnyAsync<Exception>(() => _cluster.StartSiloAsync(0, Options(_authority, (certificate, key))));
        Assert.Contains("not a pair", pair.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, true, null, null, null)]
    [InlineData(false, true, "1.3.6.1.5.5.7.3.1", null, "1.3.6.1.5.5.7.3.1")]
    [InlineData(true, false, "1.3.6.1.5.5.7.3.2", "1.3.6.1.5.5.7.3.2", null)]
    [InlineData(false, false, "1.3.6.1.5.5.7.3.1 and 1.3.6.1.5.5.7.3.2", "1.3.6.1.5.5.7.3.2", "1.3.6.1.5.5.7.3.1")]
    public void Refusal_OfACertificate_IsByWhatItIsFor(bool isServer, bool isClient, string? ofSilo, string? ofGateway, string? outbound)
    {
        using X509Certificate2 certificate = X509CertificateLoader.LoadCertificateFromFile(_authority.Issue("peer", isServer, isClient).Certificate);
        foreach ((TlsSide side, string? missing) in new[] { (TlsSide.SiloInbound, ofSilo), (TlsSide.GatewayInbound, ofGateway), (TlsSide.Outbound, outbound) })
        {
            Assert.Equal(missing is null ? null : $"its extended key usage does not hold {missing}", TlsPeers.Refusal(side, certificate, SslPolicyErrors.RemoteCertificateNameMismatch));
            Assert.NotNull(TlsPeers.Refusal(side, certificate, SslPolicyErrors.RemoteCertificateChainErrors));
            Assert.NotNull(TlsPeers.Refusal(side, null, SslPolicyErrors.RemoteCertificateNotAvailable));
        }
    }

    private static Action<MutualTlsOptions> Options(TestCertificates authority, (string Certificate, string Key) own) => options =>
    {
        options.CertificatePath = own.Certificate;
        options.KeyPath = own.Key;
        options.AuthorityPath = authority.AuthorityPath;
    };

    private static X509Certificate2 Load((string Certificate, string Key) files) => X509Certificate2.CreateFromPemFile(files.Certificate, files.Key);

    /// <summary>
    /// That the other end ends the connection, without a word from us: with TLS 1.3 a client hears of a refusal behind its handshake. Whoever is let
    /// in would wait for the end in vain.
    /// </summary>
    private static async Task CutOffAsync(int port, (string Certificate, string Key)? files)
    {
        using X509Certificate2? certificate = files is { } own ? Load(own) : null;
        using TcpClient tcp = new();
        await tcp.ConnectAsync(IPAddress.Loopback, port);
        await using SslStream stream = new(tcp.GetStream());
        using CancellationTokenSource patience = new(Patience);
        try
        {
            await stream.AuthenticateAsClientAsync(Client(certificate), patience.Token);
            Assert.Equal(0, await stream.ReadAsync(new byte[1], patience.Token));
        }
        catch (Exception e) when (e is IOException or System.Security.Authentication.AuthenticationException)
        {
            // An alert, or the end: either is a refusal.
        }
    }

    private static async Task CutOffWithoutTlsAsync(int port)
    {
        using TcpClient tcp = new();
        await tcp.ConnectAsync(IPAddress.Loopback, port);
        using CancellationTokenSource patience = new(Patience);
        try
        {
            await tcp.GetStream().WriteAsync("plain words"u8.ToArray(), patience.Token);
            while (await tcp.GetStream().ReadAsync(new byte[64], patience.Token) > 0)
            {
            }
        }
        catch (IOException)
        {
            // The end.
        }
    }

    private async Task<X509Certificate2> ShownAsync(X509Certificate2 certificate)
    {
        using TcpClient tcp = new();
        await tcp.ConnectAsync(IPAddress.Loopback, _cluster.GatewayPorts[0]);
        await using SslStream stream = new(tcp.GetStream());
        await stream.AuthenticateAsClientAsync(Client(certificate));
        return X509CertificateLoader.LoadCertificate(stream.RemoteCertificate!.GetRawCertData());
    }

    private static SslClientAuthenticationOptions Client(X509Certificate2? certificate) => new()
    {
        TargetHost = "", ClientCertificates = certificate is null ? [] : [certificate], RemoteCertificateValidationCallback = (_, shown, _, _) => shown is not null,
    };
}
