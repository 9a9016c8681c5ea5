using System.ComponentModel;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Grainwatch.Hosting.Options;

/// <summary>
/// Reads a section property by property. Unlike the binder of the platform it does not stop at the first value that
/// cannot be read, and replaces lists instead of adding to them.
/// </summary>
internal sealed class SectionReader<T>(IConfiguration configuration, string section) : IConfigureOptions<T>
    where T : SectionOptions
{
    private static readonly Dictionary<string, PropertyInfo> Properties = typeof(T)
        .GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite)
        .ToDictionary(p => p.Name, StringComparer.OrdinalIgnoreCase);

    public void Configure(T options)
    {
        foreach (IConfigurationSection child in configuration.GetSection(section).GetChildren())
        {
            if (Properties.TryGetValue(child.Key, out PropertyInfo? property))
            {
                Set(options, property, child);
            }
            else
            {
                string known = string.Join(", ", Properties.Keys.Order(StringComparer.Ordinal));
                options.AddFault($"{section}:{child.Key} is no option; there are {known}");
            }
        }
    }

    private static void Set(T options, PropertyInfo property, IConfigurationSection child)
    {
        if (property.PropertyType == typeof(IReadOnlyList<string>))
        {
            string[] list = child.Value is { } text
                ? text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                : [.. child.GetChildren().Select(c => c.Value ?? "")];
            property.SetValue(options, list);
            return;
        }

        try
        {
            property.SetValue(options, TypeDescriptor.GetConverter(property.PropertyType).ConvertFromInvariantString(child.Value ?? ""));
        }
        catch (Exception e) when (e is ArgumentException or FormatException or NotSupportedException or TargetInvocationException)
        {
            options.AddFault($"{child.Path} is '{child.Value}', which is no {Kind(property.PropertyType)}");
        }
    }

    private static string Kind(Type type) =>
        type == typeof(bool) ? "true or false" : type == typeof(TimeSpan) ? "length of time (hh:mm:ss)"
        : type.IsEnum ? $"one of {string.Join(", ", Enum.GetNames(type))}" : "whole number in its range";
}
