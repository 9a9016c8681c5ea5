using System.Net;
using Grainwatch.Hosting.Options;
using Microsoft.Extensions.Options;

namespace Grainwatch.Hosting.Cluster;

/// <summary>Names every fault of <see cref="ClusterSettings"/> at once.</summary>
public sealed class ClusterSettingsValidator : IValidateOptions<ClusterSettings>
{
    private const int NameMax = 100;
    private const int TableNameMin = 3;
    private const int TableNameMax = 255;

    public ValidateOptionsResult Validate(string? name, ClusterSettings options)
    {
        ArgumentNullException.ThrowIfNull(options);
        bool isShared = options.Membership == MembershipKind.DynamoDB;
        return new Faults(ClusterSettings.Section, options)
            .Require(Enum.IsDefined(options.Membership), nameof(options.Membership), "must be Local or DynamoDB")
            .Require(IsName(options.ClusterId), nameof(options.ClusterId), "must have 1 to 100 characters, none of them a space")
            .Require(IsName(options.ServiceId), nameof(options.ServiceId), "must have 1 to 100 characters, none of them a space")
            .Require(!isShared || options.Service.Length > 0, nameof(options.Service), "must name a region or an address when Membership is DynamoDB")
            .Require(IsTable(options.MembershipTable), nameof(options.MembershipTable), "must be 3 to 255 letters, digits, '_', '-' or '.'")
            .Require(IsTable(options.StateTable), nameof(options.StateTable), "must be 3 to 255 letters, digits, '_', '-' or '.'")
            .Require(options.MembershipTable != options.StateTable, nameof(options.StateTable), "must be another table than MembershipTable")
            .Require((options.TlsCertificate.Length > 0) == (options.TlsKey.Length > 0) && (options.TlsCertificate.Length > 0) == (options.TlsAuthority.Length > 0),
                nameof(options.TlsCertificate), "needs TlsKey and TlsAuthority beside it, and they need it")
            .Require(IsFile(options.TlsCertificate), nameof(options.TlsCertificate), "names no file")
            .Require(IsFile(options.TlsKey), nameof(options.TlsKey), "names no file")
            .Require(IsFile(options.TlsAuthority), nameof(options.TlsAuthority), "names no file")
            .Between(nameof(options.LocalGatewayPort), options.LocalGatewayPort, 1, IPEndPoint.MaxPort)
            .Between(nameof(options.ResponseTimeout), options.ResponseTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1))
            .Result();
    }

    private static bool IsName(string name) => name.Length is > 0 and <= NameMax && !name.Any(char.IsWhiteSpace);

    private static bool IsFile(string path) => path.Length == 0 || File.Exists(path);

    private static bool IsTable(string name) =>
        name.Length is >= TableNameMin and <= TableNameMax && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.');
}
