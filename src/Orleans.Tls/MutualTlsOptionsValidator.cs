using Microsoft.Extensions.Options;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Orleans.Tls;

/// <summary>Keeps a silo or client from starting with files that cannot be used, and names every fault at once.</summary>
internal sealed class MutualTlsOptionsValidator(IOptions<MutualTlsOptions> options) : IConfigurationValidator
{
    private static readonly TimeSpan TimeoutMin = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TimeoutMax = TimeSpan.FromMinutes(1);

    public void ValidateConfiguration()
    {
        MutualTlsOptions own = options.Value;
        List<string> faults = [];
        foreach ((string name, string path) in ((string, string)[])
            [
                (nameof(own.CertificatePath), own.CertificatePath), (nameof(own.KeyPath), own.KeyPath),
                (nameof(own.AuthorityPath), own.AuthorityPath),
            ])
        {
            if (!File.Exists(path))
            {
                faults.Add($"{name} names no file: '{path}'");
            }
        }

        if (own.HandshakeTimeout < TimeoutMin || own.HandshakeTimeout > TimeoutMax)
        {
            faults.Add($"{nameof(own.HandshakeTimeout)} is {own.HandshakeTimeout}; it must be from {TimeoutMin} to {TimeoutMax}");
        }

        if (faults.Count == 0 && TlsIdentity.TryRead(TlsIdentityFiles.ReadAll(own), out string fault) is null)
        {
            faults.Add(fault);
        }

        if (faults.Count > 0)
        {
            throw new OrleansConfigurationException($"{nameof(MutualTlsOptions)}: {string.Join("; ", faults)}");
        }
    }
}
