using Microsoft.Extensions.Options;

namespace Grainwatch.Hosting.Options;

/// <summary>Names every section that is none.</summary>
public sealed class RootOptionsValidator : IValidateOptions<RootOptions>
{
    public ValidateOptionsResult Validate(string? name, RootOptions options) => new Faults(RootOptions.Section, options).Result();
}
