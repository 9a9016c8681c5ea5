using Grainwatch.Hosting.Options;
using Microsoft.IdentityModel.Tokens;

namespace Grainwatch.Gateway.Security.Jwt;

/// <summary>What can be wrong with the options of tokens, and reads their key set.</summary>
internal static class JwtValidation
{
    private const int KeysFileBytesMax = 1 << 20;

    public static void AddTo(Faults faults, SecurityOptions options)
    {
        faults.Between(nameof(options.JwtClockSkew), options.JwtClockSkew, TimeSpan.Zero, TimeSpan.FromMinutes(5))
            .Require(options.JwtScopePrefix.Length <= 100 && !options.JwtScopePrefix.Any(char.IsWhiteSpace), nameof(options.JwtScopePrefix),
                "may have 100 characters, no space among them");
        bool isAny = ((string?[])[options.JwtAuthority, options.JwtKeysFile, options.JwtIssuer, options.JwtAudience]).Any(o => o is not null);
        if (!options.Mode.HasFlag(SecurityModes.Jwt))
        {
            faults.Require(!isAny, nameof(options.Mode), "does not ask for tokens, and there are options of tokens");
            return;
        }

        faults.Require(!string.IsNullOrWhiteSpace(options.JwtAudience), nameof(options.JwtAudience), "is missing, and Mode asks for tokens")
            .Require(options.JwtAuthority is null != options.JwtKeysFile is null, nameof(options.JwtAuthority),
                "or JwtKeysFile must say, one of the two, whose signatures count")
            .Require(options.JwtAuthority is null || IsAuthority(options.JwtAuthority), nameof(options.JwtAuthority),
                "must be an https address, or http on loopback");
        if (options.JwtKeysFile is { } file)
        {
            faults.Require(!string.IsNullOrWhiteSpace(options.JwtIssuer), nameof(options.JwtIssuer),
                "is missing, and JwtKeysFile does not say who signs");
            string? fault = TryReadKeys(file, out _);
            faults.Require(fault is null, nameof(options.JwtKeysFile), fault ?? "");
        }
    }

    /// <summary>The public keys of a JSON Web Key Set.</summary>
    /// <returns>What is wrong; null: they were read.</returns>
    public static string? TryReadKeys(string path, out IReadOnlyList<SecurityKey> keys)
    {
        keys = [];
        try
        {
            FileInfo file = new(path);
            if (file.Exists && file.Length > KeysFileBytesMax)
            {
                return $"names a file of more than {KeysFileBytesMax} bytes";
            }

            JsonWebKeySet set = new(File.ReadAllText(path));
            if (set.Keys.Any(k => k.Kty == JsonWebAlgorithmsKeyTypes.Octet || k.HasPrivateKey))
            {
                return "names a file that holds a secret; it needs the public keys alone";
            }

            keys = [.. set.GetSigningKeys()];
            return keys.Count == 0 ? "names a file without a public key that signs" : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException
            or System.Text.Json.JsonException)
        {
            return $"names a file that is no JSON Web Key Set: {e.GetType().Name}";
        }
    }

    public static bool IsAuthority(string text) => Uri.TryCreate(text, UriKind.Absolute, out Uri? address)
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));
}
