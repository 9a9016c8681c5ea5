using System.Buffers;
using System.Text;
using System.Text.Json;
using Grainwatch.Signals.Metrics;

namespace Grainwatch.Signals.Quality.Checks;

/// <summary>Finds JSON that cannot be read, where JSON was asked for or begun.</summary>
/// <remarks>
/// Applies where the prompt names JSON or the answer opens an object or array. Scale: 1 = the whole answer is one JSON
/// document (or one a line), .9 = in a code fence, .6 = in prose, 0 = none that reads. Strict RFC 8259: no comments, no
/// trailing commas, at most <see cref="DepthMax"/> deep. Weakness: valid is not right; there is no schema in a sample.
/// Cost: one pass over the whole answer, also of a long one.
/// </remarks>
public sealed class JsonCheck : ICheck
{
    /// <summary>Deeper documents do not read.</summary>
    public const int DepthMax = 64;

    public string Dimension => QualityDimensions.Json;

    public string Evaluator => "json-syntax";

    public string Version => "1";

    public DimensionScore? Evaluate(in CheckInput input)
    {
        ReadOnlySpan<char> answer = input.Sample.Response.AsSpan().Trim();
        bool asked = input.Prompt.Text.Contains("json", StringComparison.OrdinalIgnoreCase);
        ReadOnlySpan<char> fenced = Fenced(answer);
        bool begun = Begins(answer) || (!fenced.IsEmpty && Begins(fenced) && answer.Contains("```json", StringComparison.OrdinalIgnoreCase));
        if (!asked && !begun)
        {
            return null;
        }

        if (answer.IsEmpty)
        {
            return DimensionScore.Of(this, 0.0, "JSON was asked for, and there is none");
        }

        string? error = Read(answer);
        if (error is null || ReadsByLine(answer))
        {
            return DimensionScore.Of(this, 1.0);
        }

        if (!fenced.IsEmpty)
        {
            string? inFence = Read(fenced);
            return inFence is null ? DimensionScore.Of(this, 0.9) : DimensionScore.Of(this, 0.0, $"JSON: {inFence}");
        }

        ReadOnlySpan<char> inner = Inner(answer);
        string? inProse = inner.IsEmpty ? null : Read(inner);
        if (inner.IsEmpty)
        {
            // A prompt may name JSON without asking for it.
            return begun ? DimensionScore.Of(this, 0.0, $"JSON: {error}") : DimensionScore.Of(this, 0.0, "JSON was asked for, and there is none");
        }

        return inProse is null && !Begins(answer)
            ? DimensionScore.Of(this, 0.6, "JSON with prose around it")
            : DimensionScore.Of(this, 0.0, $"JSON: {inProse ?? error}");
    }

    private static bool Begins(ReadOnlySpan<char> text)
    {
        text = text.TrimStart();
        if (text.Length < 2 || text[0] is not ('{' or '['))
        {
            return false;
        }

        ReadOnlySpan<char> rest = text[1..].TrimStart();
        return text[0] == '{'
            ? rest is ['"' or '}', ..]
            : rest is ['{' or '[' or '"', ..] || (rest is [']' or '-' or (>= '0' and <= '9'), ..] && text[^1] == ']');
    }

    private static ReadOnlySpan<char> Fenced(ReadOnlySpan<char> text)
    {
        int open = text.IndexOf("```", StringComparison.Ordinal);
        int line = open < 0 ? -1 : text[open..].IndexOf('\n');
        if (line < 0)
        {
            return default;
        }

        ReadOnlySpan<char> body = text[(open + line + 1)..];
        int close = body.IndexOf("```", StringComparison.Ordinal);
        return close < 0 ? body : body[..close];
    }

    private static ReadOnlySpan<char> Inner(ReadOnlySpan<char> text)
    {
        int open = text.IndexOfAny('{', '[');
        int close = text.LastIndexOfAny('}', ']');
        return open < 0 || close <= open ? default : text[open..(close + 1)];
    }

    private static bool ReadsByLine(ReadOnlySpan<char> text)
    {
        int read = 0;
        foreach (ReadOnlySpan<char> line in text.EnumerateLines())
        {
            if (!line.IsWhiteSpace() && (!Begins(line) || Read(line) is not null))
            {
                return false;
            }

            read += line.IsWhiteSpace() ? 0 : 1;
        }

        return read > 1;
    }

    /// <summary>Null: reads. Else where and why not.</summary>
    private static string? Read(ReadOnlySpan<char> text)
    {
        byte[] rented = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        try
        {
            int length = Encoding.UTF8.GetBytes(text, rented);
            Utf8JsonReader reader = new(rented.AsSpan(0, length), new JsonReaderOptions { MaxDepth = DepthMax });
            while (reader.Read())
            {
            }

            return null;
        }
        catch (JsonException error)
        {
            return $"cannot be read at line {error.LineNumber + 1}, byte {error.BytePositionInLine + 1}";
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
}
