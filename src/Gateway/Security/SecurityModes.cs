namespace Grainwatch.Gateway.Security;

/// <summary>How a caller says who it is.</summary>
[Flags]
public enum SecurityModes
{
    /// <summary>Nobody is asked. Only while every address is loopback.</summary>
    None = 0,

    /// <summary>API keys, of which the configuration holds hashes.</summary>
    Keys = 1,

    /// <summary>Signed tokens of an identity provider.</summary>
    Jwt = 2,
}
