using System.Text;
using System.Text.Json;

namespace Grainwatch.Gateway.Ingest.Otlp;

/// <summary>Answers in the encoding of the request, as the protocol wants it.</summary>
internal static class OtlpAnswer
{
    public const string Protobuf = "application/x-protobuf";
    public const string Json = "application/json";

    private const int InvalidArgument = 3;
    private const int ResourceExhausted = 8;
    private const int Unavailable = 14;

    /// <summary>200, with what was refused; an answer without anything refused or to be said is empty.</summary>
    /// <param name="context">The request.</param>
    /// <param name="isJson">Its encoding.</param>
    /// <param name="counter">The name of the count in JSON.</param>
    /// <param name="rejected">How many items were refused.</param>
    /// <param name="message">Why, or what else is to be said; empty: nothing.</param>
    public static Task WritePartialAsync(HttpContext context, bool isJson, string counter, int rejected, string message)
    {
        bool isWhole = rejected == 0 && message.Length == 0;
        if (isJson)
        {
            return WriteAsync(context, StatusCodes.Status200OK, Json, Encode(json =>
            {
                if (!isWhole)
                {
                    json.WriteStartObject("partialSuccess");
                    json.WriteString(counter, rejected.ToString());
                    json.WriteString("errorMessage", message);
                    json.WriteEndObject();
                }
            }));
        }

        ProtobufText partial = new();
        partial.Varint(1, (ulong)rejected);
        partial.Text(2, message);
        ProtobufText answer = new();
        if (!isWhole)
        {
            answer.Bytes(1, partial.ToArray());
        }

        return WriteAsync(context, StatusCodes.Status200OK, Protobuf, answer.ToArray());
    }

    /// <summary>A google.rpc.Status for a request that was not taken.</summary>
    public static Task WriteStatusAsync(HttpContext context, bool isJson, int status, string message)
    {
        int code = status switch
        {
            StatusCodes.Status429TooManyRequests => ResourceExhausted,
            StatusCodes.Status503ServiceUnavailable => Unavailable,
            _ => InvalidArgument,
        };
        if (isJson)
        {
            return WriteAsync(context, status, Json, Encode(json =>
            {
                json.WriteNumber("code", code);
                json.WriteString("message", message);
            }));
        }

        ProtobufText answer = new();
        answer.Varint(1, (ulong)code);
        answer.Text(2, message);
        return WriteAsync(context, status, Protobuf, answer.ToArray());
    }

    private static byte[] Encode(Action<Utf8JsonWriter> write)
    {
        using MemoryStream target = new();
        using (Utf8JsonWriter json = new(target))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return target.ToArray();
    }

    private static async Task WriteAsync(HttpContext context, int status, string type, byte[] body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    /// <summary>Writes the few fields that an answer has.</summary>
    private sealed class ProtobufText
    {
        private readonly List<byte> _bytes = [];

        public void Varint(int field, ulong value)
        {
            if (value != 0)
            {
                Raw((ulong)(field << 3));
                Raw(value);
            }
        }

        public void Text(int field, string text)
        {
            if (text.Length > 0)
            {
                Bytes(field, Encoding.UTF8.GetBytes(text));
            }
        }

        public void Bytes(int field, byte[] bytes)
        {
            Raw((ulong)((field << 3) | 2));
            Raw((ulong)bytes.Length);
            _bytes.AddRange(bytes);
        }

        public byte[] ToArray() => [.. _bytes];

        private void Raw(ulong value)
        {
            for (; value >= 0x80; value >>= 7)
            {
                _bytes.Add((byte)(value | 0x80));
            }

            _bytes.Add((byte)value);
        }
    }
}
