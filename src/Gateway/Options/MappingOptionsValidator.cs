using Grainwatch.Hosting.Options;
using Microsoft.Extensions.Options;

namespace Grainwatch.Gateway.Options;

/// <summary>Names every fault of <see cref="MappingOptions"/> at once: names that cannot be, and a name on two levels.</summary>
public sealed class MappingOptionsValidator : IValidateOptions<MappingOptions>
{
    private const int MaxNames = 64;
    private const int MaxNameLength = 256;

    public ValidateOptionsResult Validate(string? name, MappingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Faults faults = new(MappingOptions.Section, options);
        (string Level, IReadOnlyList<string> Names)[] levels =
        [
            (nameof(options.Account), options.Account), (nameof(options.Region), options.Region), (
                nameof(options.Endpoint), options.Endpoint),
            (nameof(options.Variant), options.Variant), (nameof(options.Component), options.Component), (
                nameof(options.Model), options.Model),
            (nameof(options.Copy), options.Copy), (nameof(options.Instance), options.Instance), (nameof(options.Gpu), options.Gpu),
            (nameof(options.Dropped), options.Dropped), (nameof(options.Aggregated), options.Aggregated),
        ];
        Dictionary<string, string> levelOf = new(StringComparer.Ordinal);
        foreach ((string level, IReadOnlyList<string> names) in levels)
        {
            faults.Require(names.Count <= MaxNames, level, $"has {names.Count} names; it may have {MaxNames}");
            foreach (string label in names)
            {
                faults.Require(label.Length is > 0 and <= MaxNameLength && !label.Any(char.IsControl), level,
                    $"holds '{label}', which is no name of a label");
                faults.Require(label is not ("__name__" or "le" or "quantile") || level == nameof(options.Dropped), level,
                    $"holds '{label}', which is read by the product itself");
                faults.Require(levelOf.TryAdd(label, level) || levelOf[label] == level, level,
                    $"holds '{label}', which {levelOf.GetValueOrDefault(label)} holds too");
            }
        }

        return faults
            .Require(options.Endpoint.Count > 0, nameof(options.Endpoint), "is empty: nothing could ever be mapped")
            .Require(options.HostPrefixes.All(p => p.Length > 0), nameof(options.HostPrefixes),
                "holds an empty prefix, which every metric has")
            .Result();
    }
}
