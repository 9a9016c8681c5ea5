using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Grainwatch.Gateway.Security.Keys;

/// <summary>
/// The text of a key: <c>gw_ID_SECRET</c>, where ID has 1 to 40 of <c>a-z 0-9 -</c> and SECRET is 32 random bytes in base64url, 43
/// characters. The id is no secret: it finds the line, and tells whose key was found on the street.
/// </summary>
/// <remarks>
/// Only the SHA-256 of the whole text is kept. A slow, salted hash is for passwords, which people choose and others can guess: it makes
/// each of a few billion guesses dear. Here there are 2^256 equally likely secrets, so there is nothing to guess whatever a guess costs,
/// two keys have no secret in common that a salt would hide, and a slow hash would only make each request dear, ours before
/// an attacker's. That holds for secrets that were drawn, which is why <see cref="Create"/> draws them.
/// </remarks>
public static class ApiKey
{
    public const string Prefix = "gw_";
    public const int IdLengthMax = 40;

    private const int SecretBytes = 32;
    private const int SecretLength = 43;

    private static readonly SearchValues<char> IdCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    /// <summary>The longest text that can be a key.</summary>
    public const int LengthMax = 3 + IdLengthMax + 1 + SecretLength;

    /// <summary>Draws a new key. It is shown once and kept nowhere.</summary>
    /// <exception cref="ArgumentException">The id cannot be one.</exception>
    public static string Create(string id) => IsId(id)
        ? $"{Prefix}{id}_{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes))}"
        : throw new ArgumentException("an id has 1 to 40 of a-z, 0-9 and -", nameof(id));

    public static bool IsId(ReadOnlySpan<char> id) =>
        id.Length is > 0 and <= IdLengthMax && !id.ContainsAnyExcept(IdCharacters);

    /// <returns>The id in a text that has the form of a key; null: it has not.</returns>
    public static string? IdOf(ReadOnlySpan<char> key)
    {
        if (key.Length > LengthMax || !key.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        ReadOnlySpan<char> rest = key[Prefix.Length..];
        int end = rest.IndexOf('_');
        return end > 0 && IsId(rest[..end]) && rest.Length == end + 1 + SecretLength && Base64Url.IsValid(rest[(end + 1)..])
            ? rest[..end].ToString()
            : null;
    }

    /// <summary>SHA-256 of the whole text, 32 bytes.</summary>
    public static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
