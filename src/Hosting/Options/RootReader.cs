using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Grainwatch.Hosting.Options;

/// <summary>Looks for names right below <c>Grainwatch</c> that nobody reads: a misspelt section would be passed over in silence.</summary>
internal sealed class RootReader(IConfiguration configuration, IEnumerable<KnownSection> known) : IConfigureOptions<RootOptions>
{
    private readonly SortedSet<string> _names = new(known.Select(s => s.Name[(RootOptions.Section.Length + 1)..]),
        StringComparer.OrdinalIgnoreCase);

    public void Configure(RootOptions options)
    {
        foreach (IConfigurationSection child in configuration.GetSection(RootOptions.Section).GetChildren())
        {
            if (!_names.Contains(child.Key))
            {
                options.AddFault($"{child.Path} is no section; there are {string.Join(", ", _names)}");
            }
        }
    }
}
