using System.Net;
using System.Net.Sockets;

namespace Grainwatch.Grains.Rehearsal;

/// <summary>A receiver of webhooks on a port of the loopback that takes what comes and answers that it was taken.</summary>
internal sealed class RehearsedReceiver : IDisposable
{
    private static readonly byte[] Taken = "HTTP/1.1 204 No Content\r\n\r\n"u8.ToArray();

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();

    public RehearsedReceiver()
    {
        _listener.Start(1);
        _ = AnswerAsync(_end.Token);
    }

    public string Url => $"http://{_listener.LocalEndpoint}/";

    public void Dispose()
    {
        _end.Cancel();
        _end.Dispose();
        _listener.Dispose();
    }

    private async Task AnswerAsync(CancellationToken end)
    {
        byte[] room = new byte[65_536];
        try
        {
            while (true)
            {
                using Socket connection = await _listener.AcceptSocketAsync(end);
                while (await TakeAsync(connection, room, end))
                {
                    await connection.SendAsync(Taken, end);
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The rehearsal is over.
        }
    }

    /// <summary>Reads one request to its end.</summary>
    /// <returns>False: the sender has hung up, or sent what is none.</returns>
    private static async Task<bool> TakeAsync(Socket connection, byte[] room, CancellationToken end)
    {
        for (int count = 0; count < room.Length;)
        {
            int read = await connection.ReceiveAsync(room.AsMemory(count), end);
            if (read == 0)
            {
                return false;
            }

            count += read;
            if (IsWhole(room.AsSpan(0, count)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsWhole(ReadOnlySpan<byte> request)
    {
        ReadOnlySpan<byte> name = "Content-Length: "u8;
        int head = request.IndexOf("\r\n\r\n"u8);
        int length = request.IndexOf(name);
        return head >= 0 && length >= 0
            && int.TryParse(request[(length + name.Length)..][..request[(length + name.Length)..].IndexOf("\r\n"u8)], out int body)
            && request.Length - head - 4 >= body;
    }
}
