using System.IO.Pipelines;
using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Hosting;

namespace Orleans.Tls;

/// <summary>Shakes hands before anything of a connection is believed, and puts TLS between it and the rest of the pipeline.</summary>
internal sealed partial class TlsConnection(
    TlsSide side, TlsIdentityFiles files, TimeSpan timeout, TimeProvider time, ILogger<TlsConnection> logger)
{
    public static void Use(IConnectionBuilder connection, TlsSide side)
    {
        IServiceProvider services = connection.ApplicationServices;
        TlsConnection tls = new(side, services.GetRequiredService<TlsIdentityFiles>(),
            services.GetRequiredService<IOptions<MutualTlsOptions>>().Value.HandshakeTimeout,
            services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<TlsConnection>>());
        connection.Use(next => context => tls.RunAsync(context, next));
    }

    private async Task RunAsync(ConnectionContext context, ConnectionDelegate next)
    {
        IDuplexPipe plain = context.Transport;
        string? refusal = null;
        await using SslStream stream = new(new DuplexStream(plain), leaveInnerStreamOpen: false);
        try
        {
            using CancellationTokenSource patience = new(timeout, time);
            using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, context.ConnectionClosed);
            await HandshakeAsync(stream, shown => refusal = shown, either.Token);
        }
        catch (Exception e) when (e is AuthenticationException or IOException or OperationCanceledException or ConnectionAbortedException)
        {
            LogRefused(logger, side, context.RemoteEndPoint, refusal ?? e.Message);
            context.Abort();
            if (side == TlsSide.Outbound)
            {
                // Whoever wanted to connect must hear of it; of a stranger at the door nobody has to.
                throw new AuthenticationException($"no TLS with {context.RemoteEndPoint}: {refusal ?? e.Message}", e);
            }

            return;
        }

        TlsTransport transport = new(stream);
        context.Transport = transport;
        try
        {
            await next(context);
        }
        finally
        {
            context.Transport = plain;
            await transport.Input.CompleteAsync();
        }
    }

    private Task HandshakeAsync(SslStream stream, Action<string> refuse, CancellationToken cancellationToken)
    {
        TlsIdentity identity = files.Now();
        RemoteCertificateValidationCallback check = (_, certificate, _, errors) =>
        {
            string? refusal = TlsPeers.Refusal(side, certificate, errors);
            if (refusal is not null)
            {
                refuse(refusal);
            }

            return refusal is null;
        };

        // A session that is taken up again would be believed as the authorities were when it began.
        return side == TlsSide.Outbound
            ? stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = "", ClientCertificateContext = identity.Own, CertificateChainPolicy = identity.Policy(),
                AllowTlsResume = false,
                EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13, RemoteCertificateValidationCallback = check,
            }, cancellationToken)
            : stream.AuthenticateAsServerAsync(new SslServerAuthenticationOptions
            {
                ServerCertificateContext = identity.Own, ClientCertificateRequired = true, CertificateChainPolicy = identity.Policy(),
                AllowTlsResume = false,
                EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13, RemoteCertificateValidationCallback = check,
            }, cancellationToken);
    }

    [LoggerMessage(EventId = 1, EventName = "ConnectionRefused", Level = LogLevel.Warning, Message = "{Side} {Peer}: no TLS, {Refusal}")]
    private static partial void LogRefused(ILogger logger, TlsSide side, EndPoint? peer, string refusal);
}
