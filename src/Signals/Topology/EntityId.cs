using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Grainwatch.Signals.Topology;

/// <summary>
/// The name of one entity. Two ids are equal when their <see cref="Key"/> is.
/// </summary>
/// <remarks>
/// <see cref="Key"/> always carries the markers <c>c:</c> and <c>i:</c> and escapes its parts, so that no two
/// entities share one and it stays the same when the topology around it changes: grain keys and fingerprints are
/// made of it. <see cref="ToString"/> is what people read: <c>chat</c>, <c>chat/assist</c>, <c>chat/i-0abc/3</c>.
/// </remarks>
public sealed class EntityId : IEquatable<EntityId>, IComparable<EntityId>
{
    private const string ComponentMarker = "c:";
    private const string InstanceMarker = "i:";
    private const string NodeMarker = "n:";

    private EntityId(EntityKind kind, string endpoint, string? middle, string? leaf)
    {
        Kind = kind;
        Endpoint = endpoint;
        Middle = middle;
        Leaf = leaf;
        Key = MakeKey();
    }

    public EntityKind Kind { get; }

    /// <summary>The endpoint's name; for a node, the whole id.</summary>
    public string Endpoint { get; }

    /// <summary>Unescaped, with markers never: what reads as one name in a sentence.</summary>
    public string Name => Leaf ?? Middle ?? Endpoint;

    /// <summary>The component's name for a component or copy, else null.</summary>
    public string? Component => Kind is EntityKind.Component or EntityKind.Copy ? Middle : null;

    /// <summary>The instance's id for an instance or GPU, else null.</summary>
    public string? Instance => Kind is EntityKind.Instance or EntityKind.Gpu ? Middle : null;

    /// <summary>The copy's id or the GPU's index, else null.</summary>
    public string? Leaf { get; }

    /// <summary>The unambiguous, stable form; see the remarks of the type.</summary>
    public string Key { get; }

    private string? Middle { get; }

    /// <summary>The entity one level up, null for an endpoint or a node.</summary>
    public EntityId? Parent => Kind switch
    {
        EntityKind.Component or EntityKind.Instance => ForEndpoint(Endpoint),
        EntityKind.Copy => ForComponent(Endpoint, Middle!),
        EntityKind.Gpu => ForInstance(Endpoint, Middle!),
        _ => null,
    };

    public static EntityId ForEndpoint(string endpoint) => new(EntityKind.Endpoint, Required(endpoint), null, null);

    public static EntityId ForComponent(string endpoint, string component) =>
        new(EntityKind.Component, Required(endpoint), Required(component), null);

    public static EntityId ForCopy(string endpoint, string component, string copy) =>
        new(EntityKind.Copy, Required(endpoint), Required(component), Required(copy));

    public static EntityId ForInstance(string endpoint, string instance) =>
        new(EntityKind.Instance, Required(endpoint), Required(instance), null);

    public static EntityId ForGpu(string endpoint, string instance, string gpu) =>
        new(EntityKind.Gpu, Required(endpoint), Required(instance), Required(gpu));

    public static EntityId ForNode(string id) => new(EntityKind.Node, Required(id), null, null);

    /// <summary>Reads a <see cref="Key"/> back.</summary>
    /// <returns>False when the text is not exactly what <see cref="Key"/> gives.</returns>
    public static bool TryParseKey(string key, [NotNullWhen(true)] out EntityId? id)
    {
        // A text that is read but not written would be a second key of the same entity.
        if (TryReadKey(key, out id) && string.Equals(id.Key, key, StringComparison.Ordinal))
        {
            return true;
        }

        id = null;
        return false;
    }

    /// <summary>As <see cref="TryParseKey"/>, for a key that must be one.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static EntityId ParseKey(string key) => TryParseKey(key, out EntityId? id) ? id : throw new FormatException($"'{key}' is no entity key");

    private static bool TryReadKey(string key, [NotNullWhen(true)] out EntityId? id)
    {
        id = null;
        if (string.IsNullOrEmpty(key))
        {
            return false;
        }

        if (key.StartsWith(NodeMarker, StringComparison.Ordinal) && key.Length > NodeMarker.Length)
        {
            id = ForNode(Unescape(key[NodeMarker.Length..]));
            return true;
        }

        string[] parts = key.Split('/');
        if (parts.Length > 3 || parts.Any(string.IsNullOrEmpty))
        {
            return false;
        }

        string endpoint = Unescape(parts[0]);
        if (parts.Length == 1)
        {
            id = ForEndpoint(endpoint);
            return true;
        }

        bool component = parts[1].StartsWith(ComponentMarker, StringComparison.Ordinal);
        bool instance = parts[1].StartsWith(InstanceMarker, StringComparison.Ordinal);
        if ((!component && !instance) || parts[1].Length == ComponentMarker.Length)
        {
            return false;
        }

        string middle = Unescape(parts[1][ComponentMarker.Length..]);
        string? leaf = parts.Length == 3 ? Unescape(parts[2]) : null;
        EntityKind kind = (component, leaf) switch
        {
            (true, null) => EntityKind.Component,
            (true, _) => EntityKind.Copy,
            (false, null) => EntityKind.Instance,
            (false, _) => EntityKind.Gpu,
        };
        id = new EntityId(kind, endpoint, middle, leaf);
        return true;
    }

    public bool Equals(EntityId? other) => other is not null && string.Equals(Key, other.Key, StringComparison.Ordinal);

    public override bool Equals(object? obj) => Equals(obj as EntityId);

    public override int GetHashCode() => Key.GetHashCode(StringComparison.Ordinal);

    public int CompareTo(EntityId? other) => other is null ? 1 : string.CompareOrdinal(Key, other.Key);

    public static bool operator ==(EntityId? left, EntityId? right) => left is null ? right is null : left.Equals(right);

    public static bool operator !=(EntityId? left, EntityId? right) => !(left == right);

    public static bool operator <(EntityId left, EntityId right) => left.CompareTo(right) < 0;

    public static bool operator >(EntityId left, EntityId right) => left.CompareTo(right) > 0;

    public static bool operator <=(EntityId left, EntityId right) => left.CompareTo(right) <= 0;

    public static bool operator >=(EntityId left, EntityId right) => left.CompareTo(right) >= 0;

    /// <summary>The short form for people; <see cref="TopologyMap.Format"/> adds a marker where it would be ambiguous.</summary>
    public override string ToString() => Kind == EntityKind.Node
        ? Endpoint
        : string.Join('/', new[] { Endpoint, Middle, Leaf }.OfType<string>().Select(Escape));

    private string MakeKey()
    {
        if (Kind == EntityKind.Node)
        {
            return NodeMarker + Escape(Endpoint);
        }

        // An endpoint named "n:x" must not read back as a node, so a colon in a part is escaped too.
        StringBuilder key = new(Escape(Endpoint));
        if (Middle is not null)
        {
            key.Append('/').Append(Component is null ? InstanceMarker : ComponentMarker).Append(Escape(Middle));
        }

        return Leaf is null ? key.ToString() : key.Append('/').Append(Escape(Leaf)).ToString();
    }

    internal static string Escape(string part) => part.AsSpan().ContainsAny("%/:")
        ? part.Replace("%", "%25", StringComparison.Ordinal).Replace("/", "%2F", StringComparison.Ordinal).Replace(":", "%3A", StringComparison.Ordinal)
        : part;

    internal static string Unescape(string part) => part.Contains('%', StringComparison.Ordinal)
        ? part.Replace("%3A", ":", StringComparison.Ordinal).Replace("%2F", "/", StringComparison.Ordinal).Replace("%25", "%", StringComparison.Ordinal)
        : part;

    private static string Required(string part)
    {
        ArgumentException.ThrowIfNullOrEmpty(part);
        return part;
    }
}
