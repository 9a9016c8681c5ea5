using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Grainwatch.Cluster.Tests.Support;

/// <summary>An authority of its own, and certificates that it signs, as PEM files in a folder.</summary>
internal sealed class TestCertificates : IDisposable
{
    private const string ServerUsage = "1.3.6.1.5.5.7.3.1";
    private const string ClientUsage = "1.3.6.1.5.5.7.3.2";

    private readonly X509Certificate2 _authority;
    private readonly string _folder;
    private int _serial;

    public TestCertificates(string folder, string name = "ca")
    {
        _folder = folder;
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        _authority = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
        AuthorityPath = Path.Combine(folder, $"{name}.pem");
        File.WriteAllText(AuthorityPath, _authority.ExportCertificatePem());
    }

    public string AuthorityPath { get; }

    public X509Certificate2 Authority => _authority;

    /// <summary>Writes <c>NAME.pem</c> and <c>NAME.key</c>, over those that were there.</summary>
    public (string Certificate, string Key) Issue(string name, bool isServer = true, bool isClient = true, int daysFromNow = 10)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new($"CN={name}", key, HashAlgorithmName.SHA256);
        OidCollection usages = [];
        if (isServer)
        {
            usages.Add(new Oid(ServerUsage));
        }

        if (isClient)
        {
            usages.Add(new Oid(ClientUsage));
        }

        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(usages, false));
        SubjectAlternativeNameBuilder names = new();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 signed = request.Create(_authority, DateTimeOffset.UtcNow.AddHours(-12), DateTimeOffset.UtcNow.AddDays(daysFromNow),
            BitConverter.GetBytes(++_serial));
        (string Certificate, string Key) files = (Path.Combine(_folder, $"{name}.pem"), Path.Combine(_folder, $"{name}.key"));
        File.WriteAllText(files.Key, key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(files.Certificate, signed.ExportCertificatePem());
        return files;
    }

    public void Dispose() => _authority.Dispose();
}
