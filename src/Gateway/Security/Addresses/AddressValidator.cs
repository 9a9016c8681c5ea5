using Microsoft.Extensions.Options;

namespace Grainwatch.Gateway.Security.Addresses;

/// <summary>Tells addresses that may not be bound among the faults of the configuration, before one is.</summary>
internal sealed class AddressValidator(IConfiguration configuration, Func<IConfiguration, IReadOnlyList<string>> addresses)
    : IValidateOptions<SecurityOptions>
{
    public ValidateOptionsResult Validate(string? name, SecurityOptions options) =>
        AddressPolicy.Refusals(addresses(configuration), options.Mode) is { Count: > 0 } refusals
            ? ValidateOptionsResult.Fail(refusals)
            : ValidateOptionsResult.Success;
}
