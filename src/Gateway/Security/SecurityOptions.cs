using Grainwatch.Hosting.Options;

namespace Grainwatch.Gateway.Security;

/// <summary>Who may ask the gateway for what, and how much of it.</summary>
/// <remarks>
/// <see cref="Mode"/> is said, not derived from what else is there: a secret that did not arrive must keep a gateway from
/// starting, not open it.
/// </remarks>
public sealed class SecurityOptions : SectionOptions
{
    public const string Section = "Grainwatch:Security";

    /// <summary>Keys at the most.</summary>
    public const int KeysMax = 1000;

    /// <summary>
    /// The default is <see cref="SecurityModes.None"/>, which no public address may have; <c>Keys</c>, <c>Jwt</c> or
    /// <c>Keys,Jwt</c>.
    /// </summary>
    public SecurityModes Mode { get; set; }

    /// <summary>One key a line, as <c>grainwatch keys create</c> prints it; at most 1,000.</summary>
    public IReadOnlyList<string> Keys { get; set; } = [];

    /// <summary>Address of the identity provider, from which keys and issuer are read; https, or http on loopback.</summary>
    public string? JwtAuthority { get; set; }

    /// <summary>In place of <see cref="JwtAuthority"/>: a file with its public keys, a JSON Web Key Set of at most 1 MiB.</summary>
    public string? JwtKeysFile { get; set; }

    /// <summary>Who signs. Needed with <see cref="JwtKeysFile"/>; the authority says it itself.</summary>
    public string? JwtIssuer { get; set; }

    /// <summary>For whom a token must have been made out. Needed for tokens.</summary>
    public string? JwtAudience { get; set; }

    /// <summary>
    /// What stands before a scope in a token, as <c>grainwatch:</c>; other scopes are passed over. The default is nothing.
    /// </summary>
    public string JwtScopePrefix { get; set; } = "";

    /// <summary>How far the clock of the identity provider may be off. The default is 1 min; 0 to 5 min.</summary>
    public TimeSpan JwtClockSkew { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Requests a second of one caller, where its line does not say; twice as many at once. 0: any number. The default is 200.
    /// </summary>
    public int RequestsPerSecond { get; set; } = 200;

    /// <summary>
    /// Bytes a second, as sent, that one caller may bring to the doors, where its line does not say. 0, the default: any number;
    /// else from 1,024.
    /// </summary>
    public int IngestBytesPerSecond { get; set; }

    /// <summary>Requests a second of all that say nothing of themselves, together. 0, the default: any number.</summary>
    public int AnonymousRequestsPerSecond { get; set; }
}
