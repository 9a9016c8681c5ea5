using System.Globalization;
using Grainwatch.Signals.Rules.Conditions;

namespace Grainwatch.Signals.Rules.Files;

/// <summary>
/// Takes the keys of one mapping, one by one, and names what is left over: a misspelt key is an error with its place.
/// Every reader returns a usable value after an error, so that all errors of a file come at once.
/// </summary>
internal sealed class MapReader
{
    private readonly FileErrors _errors;
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly YamlMap _map;
    private readonly string _what;

    private MapReader(YamlMap map, string what, FileErrors errors)
    {
        _map = map;
        _what = what;
        _errors = errors;
    }

    public YamlMap Node => _map;

    public static MapReader? Of(YamlNode node, string what, FileErrors errors)
    {
        if (node is YamlMap map)
        {
            return new MapReader(map, what, errors);
        }

        errors.Add(node, $"{what} must be a mapping, not {node.Kind}");
        return null;
    }

    public bool Has(string key) => _map.Entries.Any(e => string.Equals(e.Key.Value, key, StringComparison.Ordinal));

    /// <summary>The value of a key, null when it is absent or empty.</summary>
    public YamlNode? Take(string key)
    {
        _known.Add(key);
        YamlNode? node = _map.Entries.FirstOrDefault(e => string.Equals(e.Key.Value, key, StringComparison.Ordinal)).Value;
        return node is YamlScalar { IsNull: true } ? null : node;
    }

    /// <summary>As <see cref="Take"/>; its absence is an error.</summary>
    public YamlNode? Required(string key)
    {
        YamlNode? node = Take(key);
        if (node is null)
        {
            _errors.Add(_map, $"{_what} needs '{key}'");
        }

        return node;
    }

    public YamlScalar? Scalar(string key, bool required = false)
    {
        YamlNode? node = required ? Required(key) : Take(key);
        if (node is YamlScalar or null)
        {
            return (YamlScalar?)node;
        }

        _errors.Add(node, $"'{key}' must be a value, not {node.Kind}");
        return null;
    }

    public string? Text(string key, int maxLength, bool required = false)
    {
        YamlScalar? scalar = Scalar(key, required);
        if (scalar is null || (scalar.Value.Length > 0 && scalar.Value.Length <= maxLength))
        {
            return scalar?.Value;
        }

        _errors.Add(scalar, $"'{key}' must have 1 to {maxLength} characters");
        return null;
    }

    public TimeSpan? Duration(string key)
    {
        YamlScalar? scalar = Scalar(key);
        if (scalar is null)
        {
            return null;
        }

        if (Durations.TryParse(scalar.Value, out TimeSpan span))
        {
            return span;
        }

        _errors.Add(scalar, $"'{key}' must be a length of time such as 30s, 2m or 4h, not '{scalar.Value}'");
        return null;
    }

    public int? Integer(string key, int least, int most)
    {
        YamlScalar? scalar = Scalar(key);
        if (scalar is null)
        {
            return null;
        }

        if (int.TryParse(scalar.Value, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value >= least && value <= most)
        {
            return value;
        }

        _errors.Add(scalar, $"'{key}' must be a whole number from {least} to {most}, not '{scalar.Value}'");
        return null;
    }

    /// <summary>One of the names of an enum, written in camel case.</summary>
    public T? Choice<T>(string key)
        where T : struct, Enum
    {
        YamlScalar? scalar = Scalar(key);
        return scalar is null ? null : Choice<T>(key, scalar);
    }

    public T? Choice<T>(string key, YamlScalar scalar)
        where T : struct, Enum
    {
        foreach (T value in Enum.GetValues<T>())
        {
            if (string.Equals(Camel(value), scalar.Value, StringComparison.Ordinal))
            {
                return value;
            }
        }

        _errors.Add(scalar, $"'{key}' must be one of {string.Join(", ", Enum.GetValues<T>().Select(Camel))}, not '{scalar.Value}'");
        return null;
    }

    /// <summary>The items of a list; one bare value is a list of one. Absent: empty.</summary>
    public IReadOnlyList<YamlNode> Items(string key, int most)
    {
        YamlNode? node = Take(key);
        IReadOnlyList<YamlNode> items = node switch { null => [], YamlList list => list.Items, _ => [node] };
        if (items.Count > most)
        {
            _errors.Add(items[most], $"'{key}' has more than {most} items");
            return [.. items.Take(most)];
        }

        return items;
    }

    /// <summary>The entries of a mapping of names to values. Absent: empty.</summary>
    public IReadOnlyList<KeyValuePair<YamlScalar, YamlNode>> Entries(string key, int most)
    {
        YamlNode? node = Take(key);
        if (node is not YamlMap map)
        {
            if (node is not null)
            {
                _errors.Add(node, $"'{key}' must be a mapping, not {node.Kind}");
            }

            return [];
        }

        if (map.Entries.Count > most)
        {
            _errors.Add(map.Entries[most].Key, $"'{key}' has more than {most} entries");
            return [.. map.Entries.Take(most)];
        }

        return map.Entries;
    }

    /// <summary>To be called last: names the keys that nobody took.</summary>
    public void Close()
    {
        foreach (YamlScalar key in _map.Entries.Select(e => e.Key).Where(k => !_known.Contains(k.Value)))
        {
            _errors.Add(key, $"unknown key '{key.Value}' in {_what}: known are {string.Join(", ", _known.Order(StringComparer.Ordinal))}");
        }
    }

    private static string Camel<T>(T value)
        where T : struct, Enum
    {
        string name = value.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }
}
