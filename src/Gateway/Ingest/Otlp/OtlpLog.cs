namespace Grainwatch.Gateway.Ingest.Otlp;

/// <summary>One log record; an event where it has a name.</summary>
internal sealed class OtlpLog
{
    private string? _name;

    public ulong TimeUnixNano { get; set; }

    public ulong ObservedTimeUnixNano { get; set; }

    /// <summary>Lower-case hexadecimal; empty: none.</summary>
    public string TraceId { get; set; } = "";

    /// <summary>Lower-case hexadecimal; empty: none.</summary>
    public string SpanId { get; set; } = "";

    public object? Body { get; set; }

    public List<KeyValuePair<string, object?>> Attributes { get; } = [];

    /// <summary>The field of today, or the attribute of yesterday.</summary>
    public string? EventName
    {
        get => string.IsNullOrEmpty(_name) ? this["event.name"] as string : _name;
        set => _name = value;
    }

    /// <summary>When it happened, as far as it is told.</summary>
    public ulong EventUnixNano => TimeUnixNano != 0 ? TimeUnixNano : ObservedTimeUnixNano;

    /// <summary>The value of an attribute, null when there is none.</summary>
    public object? this[string attribute] => Attributes.Find(a => string.Equals(a.Key, attribute, StringComparison.Ordinal)).Value;
}
