namespace Orleans.Hosting;

/// <summary>With what a silo or client shows who it is, and whom it believes. Files are PEM, and are read anew when they change.</summary>
public sealed class MutualTlsOptions
{
    /// <summary>The own certificate, and behind it those between it and the authority, if any.</summary>
    public string CertificatePath { get; set; } = "";

    /// <summary>The private key of <see cref="CertificatePath"/>, not encrypted: the file's rights protect it.</summary>
    public string KeyPath { get; set; } = "";

    /// <summary>
    /// The authorities whose certificates are believed, one or, while they are exchanged, several; those of the machine are not.
    /// </summary>
    public string AuthorityPath { get; set; } = "";

    /// <summary>How long a handshake may take. The default is 10 s; must be from 1 s to 1 min.</summary>
    public TimeSpan HandshakeTimeout { get; set; } = TimeSpan.FromSeconds(10);
}
