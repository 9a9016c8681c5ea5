using Grainwatch.Hosting.Addresses;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;

namespace Grainwatch.Gateway.Security.Addresses;

/// <summary>Binds what <see cref="AddressPolicy"/> allows, however it was asked for: by configuration, environment or code.</summary>
internal sealed class GuardedListeners(
    IOptions<SocketTransportOptions> transport, ILoggerFactory loggers, IOptions<SecurityOptions> security)
    : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    private readonly SocketTransportFactory _sockets = new(transport, loggers);

    public bool CanBind(EndPoint endpoint) => _sockets.CanBind(endpoint);

    /// <exception cref="OptionsValidationException">The address may not be bound.</exception>
    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        security.Value.Mode != SecurityModes.None || Reach.IsLoopback(endpoint)
            ? _sockets.BindAsync(endpoint, cancellationToken)
            : throw new OptionsValidationException(Microsoft.Extensions.Options.Options.DefaultName, typeof(SecurityOptions),
                [AddressPolicy.Refusal(endpoint.ToString() ?? "")]);
}
