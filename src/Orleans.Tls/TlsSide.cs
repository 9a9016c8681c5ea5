namespace Orleans.Tls;

/// <summary>Which end of which connection.</summary>
internal enum TlsSide
{
    /// <summary>Another silo has connected: its certificate must be one for both ends, as a silo's is.</summary>
    SiloInbound,

    /// <summary>A client has connected to the gateway of a silo: its certificate must be one for clients.</summary>
    GatewayInbound,

    /// <summary>This process has connected to a silo, whose certificate must be one for servers.</summary>
    Outbound,
}
