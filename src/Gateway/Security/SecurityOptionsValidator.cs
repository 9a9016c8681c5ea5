using Grainwatch.Gateway.Security.Jwt;
using Grainwatch.Gateway.Security.Keys;
using Grainwatch.Hosting.Options;
using Microsoft.Extensions.Options;

namespace Grainwatch.Gateway.Security;

/// <summary>Names every fault of <see cref="SecurityOptions"/> at once. What stands in a line is not repeated: it may be a key.</summary>
public sealed class SecurityOptionsValidator : IValidateOptions<SecurityOptions>
{
    /// <summary>The most that a second may bring, requests or bytes.</summary>
    internal const int RateMax = 1 << 30;

    /// <summary>The least bound on bytes: one request of a small sender must go through.</summary>
    internal const int BytesMin = 1024;

    public ValidateOptionsResult Validate(string? name, SecurityOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Faults faults = new(SecurityOptions.Section, options);
        bool hasKeys = options.Mode.HasFlag(SecurityModes.Keys);
        faults
            .Require((options.Mode & ~(SecurityModes.Keys | SecurityModes.Jwt)) == 0, nameof(options.Mode),
                "must be None, Keys, Jwt or Keys,Jwt")
            .Require(!hasKeys || options.Keys.Count > 0, nameof(options.Keys), "is empty, and Mode asks for keys")
            .Require(hasKeys || options.Keys.Count == 0, nameof(options.Keys), "holds keys, and Mode does not ask for them")
            .Between(nameof(options.RequestsPerSecond), options.RequestsPerSecond, 0, RateMax)
            .Between(nameof(options.AnonymousRequestsPerSecond), options.AnonymousRequestsPerSecond, 0, RateMax)
            .Require(options.IngestBytesPerSecond is 0 or (>= BytesMin and <= RateMax), nameof(options.IngestBytesPerSecond),
                $"is {options.IngestBytesPerSecond}; it must be 0, or from {BytesMin} to {RateMax}")
            .Require(options.Keys.Count <= SecurityOptions.KeysMax, nameof(options.Keys),
                $"has {options.Keys.Count} lines; it may have {SecurityOptions.KeysMax}");
        AddLines(options, faults);
        JwtValidation.AddTo(faults, options);
        return faults.Result();
    }

    private static void AddLines(SecurityOptions options, Faults faults)
    {
        HashSet<string> ids = new(StringComparer.Ordinal);
        for (int i = 0; i < Math.Min(options.Keys.Count, SecurityOptions.KeysMax); i++)
        {
            string name = $"{nameof(options.Keys)}:{i}";
            if (KeyLine.TryParse(options.Keys[i], out IReadOnlyList<string> wrong) is { } line)
            {
                faults.Require(ids.Add(line.Id), name, $"has the id '{line.Id}', which another line has too");
            }

            foreach (string fault in wrong)
            {
                faults.Require(false, name, fault);
            }
        }
    }
}
