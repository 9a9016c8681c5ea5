using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Orleans.Tls;

/// <summary>Gives each handshake what the files hold now.</summary>
/// <remarks>
/// They are read at each handshake, of which a cluster has few, and compared: the times of files say nothing where a directory of
/// links is exchanged, as orchestrators do. Files that do not fit together, since one of them is about to be written, leave what was there
/// before in force until the next handshake. Connections that stand are not touched.
/// </remarks>
internal sealed partial class TlsIdentityFiles(IOptions<MutualTlsOptions> options, ILogger<TlsIdentityFiles> logger)
{
    private readonly Lock _gate = new();
    private TlsFiles? _files;
    private TlsIdentity? _identity;

    public static TlsFiles ReadAll(MutualTlsOptions options) =>
        new(File.ReadAllText(options.CertificatePath), File.ReadAllText(options.KeyPath), File.ReadAllText(options.AuthorityPath));

    /// <exception cref="OrleansConfigurationException">There never was a file that could be used.</exception>
    public TlsIdentity Now()
    {
        lock (_gate)
        {
            string fault;
            try
            {
                TlsFiles files = ReadAll(options.Value);
                if (files == _files)
                {
                    return _identity!;
                }

                if (TlsIdentity.TryRead(files, out fault) is { } identity)
                {
                    _files = files;
                    string subject = identity.Own.TargetCertificate.Subject;
                    DateTime notAfter = identity.Own.TargetCertificate.NotAfter.ToUniversalTime();
                    LogRead(logger, subject, notAfter);
                    return _identity = identity;
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                fault = e.Message;
            }

            LogNotRead(logger, fault);
            return _identity ?? throw new OrleansConfigurationException($"{nameof(MutualTlsOptions)}: {fault}");
        }
    }

    [LoggerMessage(EventId = 1, EventName = "CertificateRead", Level = LogLevel.Information,
        Message = "certificate of {Subject}, valid until {NotAfter:u}")]
    private static partial void LogRead(ILogger logger, string subject, DateTime notAfter);

    [LoggerMessage(EventId = 2, EventName = "CertificateNotRead", Level = LogLevel.Warning,
        Message = "the certificate files cannot be used, what was read before stays: {Fault}")]
    private static partial void LogNotRead(ILogger logger, string fault);
}
