using Grainwatch.Hosting.Options;
using Microsoft.Extensions.Options;

namespace Grainwatch.Gateway.Options;

/// <summary>Names every fault of <see cref="IngestLimits"/> at once.</summary>
public sealed class IngestLimitsValidator : IValidateOptions<IngestLimits>
{
    private const int MaxBytes = 1 << 30;

    public ValidateOptionsResult Validate(string? name, IngestLimits options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new Faults(IngestLimits.Section, options)
            .Between(nameof(options.BodyBytesMax), options.BodyBytesMax, 1024, MaxBytes)
            .Between(nameof(options.DecompressedBytesMax), options.DecompressedBytesMax, 1024, MaxBytes)
            .Between(nameof(options.SeriesPerRequestMax), options.SeriesPerRequestMax, 1, 10_000_000)
            .Between(nameof(options.SamplesPerRequestMax), options.SamplesPerRequestMax, 1, 100_000_000)
            .Between(nameof(options.LabelsPerSeriesMax), options.LabelsPerSeriesMax, 1, 1024)
            .Between(nameof(options.LabelBytesMax), options.LabelBytesMax, 16, 1 << 20)
            .Between(nameof(options.AnswersPerRequestMax), options.AnswersPerRequestMax, 1, 1_000_000)
            .Between(nameof(options.ChangesPerRequestMax), options.ChangesPerRequestMax, 1, 100_000)
            .Between(nameof(options.ConcurrentRequestsMax), options.ConcurrentRequestsMax, 1, 10_000)
            .Between(nameof(options.ConcurrentBytesMax), options.ConcurrentBytesMax, 32 << 10, MaxBytes)
            .Between(nameof(options.RetryAfter), options.RetryAfter, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10))
            .Require(options.DecompressedBytesMax >= options.BodyBytesMax, nameof(options.DecompressedBytesMax),
                "is less than BodyBytesMax")
            .Result();
    }
}
