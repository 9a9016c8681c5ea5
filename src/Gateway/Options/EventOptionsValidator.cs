using Grainwatch.Hosting.Options;
using Microsoft.Extensions.Options;

namespace Grainwatch.Gateway.Options;

/// <summary>Names every fault of <see cref="EventOptions"/> at once.</summary>
public sealed class EventOptionsValidator : IValidateOptions<EventOptions>
{
    public ValidateOptionsResult Validate(string? name, EventOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new Faults(EventOptions.Section, options)
            .Between(nameof(options.Kept), options.Kept, TimeSpan.FromSeconds(1), TimeSpan.FromHours(24))
            .Between(nameof(options.KeptMax), options.KeptMax, 1, 1_000_000)
            .Between(nameof(options.KeptBytesMax), options.KeptBytesMax, 1 << 16, 1 << 30)
            .Between(nameof(options.ViewersMax), options.ViewersMax, 1, 10_000)
            .Between(nameof(options.Heartbeat), options.Heartbeat, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5))
            .Result();
    }
}
