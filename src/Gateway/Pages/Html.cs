using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Grainwatch.Signals;

namespace Grainwatch.Gateway.Pages;

/// <summary>Builds one page. Every text goes through the encoder; what is markup is written here and nowhere else.</summary>
internal sealed class Html
{
    private const string Style = """
        body{font:16px/1.5 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}
        h1{font-size:1.6rem;margin:.2rem 0}h2{font-size:1.15rem;margin:1.6rem 0 .4rem}a{color:#0b4f9e}
        table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.35rem .6rem;border-bottom:1px solid #d9d9d9;vertical-align:top}
        th{font-weight:600;background:#f4f4f4}td.n{text-align:right;font-variant-numeric:tabular-nums}
        .page{color:#a30000;font-weight:600}.warn{color:#7a4b00;font-weight:600}.info{color:#0b4f9e}.quiet{color:#5c5c5c}
        @media(prefers-color-scheme:dark){body{color:#e8e8e8;background:#161616}th{background:#242424}th,td{border-color:#3a3a3a}
        a,.info{color:#7db7ff}.page{color:#ff8a80}.warn{color:#ffc46b}.quiet{color:#a8a8a8}}
        """;

    private readonly StringBuilder _text = new();

    /// <summary>Nothing is loaded, run, framed or sent: one style, known by its hash.</summary>
    public static string ContentSecurityPolicy { get; } =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static Html Page(string title, int? refreshSeconds = null)
    {
        Html page = new();
        string refresh = refreshSeconds is { } seconds ? $"<meta http-equiv=\"refresh\" content=\"{seconds}\">" : "";
        page._text.Append($"<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">{refresh}<title>")
            .Append(Encode(title)).Append(" · Grainwatch</title><style>").Append(Style).Append("</style></head><body><main>");
        return page;
    }

    public Html Element(string name, string text, string? kind = null)
    {
        _text.Append('<').Append(name).Append(kind is null ? "" : $" class=\"{Encode(kind)}\"").Append('>').Append(
            Encode(text)).Append("</").Append(name).Append('>');
        return this;
    }

    public Html Link(string path, string text)
    {
        _text.Append("<a href=\"").Append(Encode(path)).Append("\">").Append(Encode(text)).Append("</a>");
        return this;
    }

    /// <summary>A start or end of an element without attributes.</summary>
    public Html Tag(string tag)
    {
        _text.Append('<').Append(tag).Append('>');
        return this;
    }

    public Html Head(params ReadOnlySpan<string> columns)
    {
        Tag("table").Tag("thead").Tag("tr");
        foreach (string column in columns)
        {
            _text.Append("<th scope=\"col\">").Append(Encode(column)).Append("</th>");
        }

        return Tag("/tr").Tag("/thead").Tag("tbody");
    }

    public Html EndTable() => Tag("/tbody").Tag("/table");

    public Html List(IEnumerable<string> items)
    {
        Tag("ul");
        foreach (string item in items)
        {
            Element("li", item);
        }

        return Tag("/ul");
    }

    /// <summary>The page as an answer, with its headers.</summary>
    public IResult ToResult(HttpContext context)
    {
        context.Response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
        context.Response.Headers.CacheControl = "no-store";
        return Results.Text(_text.Append("</main></body></html>").ToString(), "text/html; charset=utf-8", Encoding.UTF8);
    }

    public static string Time(Timestamp? time) => time is { } t ? t.ToDateTimeOffset().ToString("yyyy-MM-dd HH:mm:ss 'UTC'") : "never";

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}
