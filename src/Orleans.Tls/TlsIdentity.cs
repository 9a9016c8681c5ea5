using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Orleans.Tls;

/// <summary>What was made of the files: the own certificate with its key, and the believed authorities.</summary>
internal sealed class TlsIdentity
{
    private readonly X509Certificate2Collection _authorities;

    private TlsIdentity(SslStreamCertificateContext own, X509Certificate2Collection authorities)
    {
        Own = own;
        _authorities = authorities;
    }

    public SslStreamCertificateContext Own { get; }

    /// <summary>How the chain of the other end is built: to our authorities alone, and without a question to the network.</summary>
    public X509ChainPolicy Policy()
    {
        X509ChainPolicy policy = new()
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.AddRange(_authorities);
        return policy;
    }

    /// <returns>Null when the texts cannot be used; the fault says why, without what stands in them.</returns>
    public static TlsIdentity? TryRead(TlsFiles files, out string fault)
    {
        try
        {
            X509Certificate2Collection authorities = [];
            authorities.ImportFromPem(files.Authority);
            X509Certificate2Collection chain = [];
            chain.ImportFromPem(files.Certificate);
            if (authorities.Count == 0 || chain.Count == 0)
            {
                fault = "a file of certificates holds none";
                return null;
            }

            X509Certificate2 own = X509Certificate2.CreateFromPem(files.Certificate, files.Key);
            if (OperatingSystem.IsWindows())
            {
                // Its TLS wants keys that it has stored itself.
                own = X509CertificateLoader.LoadPkcs12(own.Export(X509ContentType.Pkcs12), null);
            }

            chain.RemoveAt(0);
            fault = "";
            return new TlsIdentity(SslStreamCertificateContext.Create(own, chain, offline: true), authorities);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            fault = $"certificate and key are not a pair of PEM files: {e.Message}";
            return null;
        }
    }
}
