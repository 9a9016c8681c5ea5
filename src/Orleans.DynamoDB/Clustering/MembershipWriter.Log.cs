using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Orleans.Clustering.DynamoDB;

internal sealed partial class MembershipWriter
{
    [LoggerMessage(
        11, LogLevel.Warning, "The row of {Silo} was not written: '{Etag}' is no etag of the membership table",
        EventName = "MembershipNoEtag")]
    private static partial void LogNoEtag(ILogger logger, SiloAddress silo, string? etag);

    [LoggerMessage(
        12, LogLevel.Debug, "A condition failed writing the row of {Silo} at {Version}; it was our own write whose answer was lost: {Ours}",
        EventName = "MembershipRefused")]
    private static partial void LogRefused(ILogger logger, SiloAddress silo, TableVersion version, bool ours);
}
