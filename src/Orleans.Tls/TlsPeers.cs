using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Orleans.Tls;

/// <summary>Whom an end of a connection believes.</summary>
/// <remarks>
/// A certificate of a believed authority, in its time, that says for what it is: one without the extension of extended key usage
/// could be anything, and is refused. Names are not looked at: silos are told apart by addresses that change with each start, and
/// who has a certificate of this authority belongs to the cluster. Only a certificate for servers and clients is a silo's, so
/// that a client, which holds one for clients alone, can neither serve in a silo's place nor speak as one.
/// </remarks>
internal static class TlsPeers
{
    private const string ServerUsage = "1.3.6.1.5.5.7.3.1";
    private const string ClientUsage = "1.3.6.1.5.5.7.3.2";

    /// <param name="side">Our end.</param>
    /// <param name="certificate">Of the other end; null: it showed none.</param>
    /// <param name="errors">What is wrong with its chain.</param>
    /// <returns>Why it is not believed; null: it is.</returns>
    public static string? Refusal(TlsSide side, X509Certificate? certificate, SslPolicyErrors errors)
    {
        if (certificate is not X509Certificate2 shown)
        {
            return "no certificate";
        }

        if ((errors & ~SslPolicyErrors.RemoteCertificateNameMismatch) != SslPolicyErrors.None)
        {
            return "not of a believed authority, or not in its time";
        }

        string[] needed = side switch
        {
            TlsSide.SiloInbound => [ServerUsage, ClientUsage],
            TlsSide.GatewayInbound => [ClientUsage],
            _ => [ServerUsage],
        };
        HashSet<string> usages = [.. shown.Extensions.OfType<X509EnhancedKeyUsageExtension>()
            .SelectMany(e => e.EnhancedKeyUsages.Cast<System.Security.Cryptography.Oid>()).Select(o => o.Value ?? "")];
        return needed.All(usages.Contains) ? null : $"its extended key usage does not hold {string.Join(" and ", needed.Except(usages))}";
    }
}
