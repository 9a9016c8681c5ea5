using System.Globalization;
using Grainwatch.Gateway.Security.Scopes;

namespace Grainwatch.Gateway.Security.Keys;

/// <summary>
/// What the configuration says of a key, as words of <c>name=value</c>:
/// <c>id=prometheus sha256=HEX scopes=ingest+read rate=50 bytes=1048576 expires=2027-01-31T00:00:00Z</c>; the last three may be absent.
/// </summary>
/// <param name="Id">Of the key.</param>
/// <param name="Hash">SHA-256 of the key, 32 bytes.</param>
/// <param name="Scopes">At least one.</param>
/// <param name="RequestsPerSecond">0: any number; null: as the section says.</param>
/// <param name="BytesPerSecond">0: any number; null: as the section says.</param>
/// <param name="Expires">From then on it is no key; null: never.</param>
public sealed record KeyLine(string Id, ReadOnlyMemory<byte> Hash, IReadOnlyList<string> Scopes, int? RequestsPerSecond = null,
    int? BytesPerSecond = null, DateTimeOffset? Expires = null)
{
    private static readonly string[] Names = ["id", "sha256", "scopes", "rate", "bytes", "expires"];

    /// <summary>Reads a line; the faults say what is wrong without what was said, which may be a key.</summary>
    public static KeyLine? TryParse(string line, out IReadOnlyList<string> faults)
    {
        ArgumentNullException.ThrowIfNull(line);
        List<string> wrong = [];
        Dictionary<string, string> words = Words(line, wrong);
        string id = words.GetValueOrDefault("id", "");
        Require(ApiKey.IsId(id), $"needs an id of 1 to {ApiKey.IdLengthMax} of a-z, 0-9 and -", wrong);
        byte[] hash = Hex(words.GetValueOrDefault("sha256", ""));
        Require(hash.Length == 32, "needs sha256, the 64 hexadecimal digits that 'grainwatch keys create' prints, never the key", wrong);
        string[] scopes = words.GetValueOrDefault("scopes", "").Split('+', StringSplitOptions.RemoveEmptyEntries);
        Require(scopes.Length > 0 && scopes.All(Scope.All.Contains), $"needs scopes of {string.Join(", ", Scope.All)}, joined by +", wrong);
        int? rate = Number(words, "rate", 1, wrong);
        int? bytes = Number(words, "bytes", SecurityOptionsValidator.BytesMin, wrong);
        DateTimeOffset? expires = null;
        if (words.TryGetValue("expires", out string? text))
        {
            bool isTime = DateTimeOffset.TryParse(
                text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset end);
            Require(isTime, "has an expires that is no time, as 2027-01-31T00:00:00Z", wrong);
            expires = end;
        }

        faults = wrong;
        return wrong.Count == 0 ? new KeyLine(id, hash, scopes, rate, bytes, expires) : null;
    }

    /// <summary>As <see cref="TryParse"/> reads it.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"id={Id} sha256={Convert.ToHexStringLower(Hash.Span)} scopes={string.Join('+', Scopes)}")
        + (RequestsPerSecond is { } rate ? string.Create(CultureInfo.InvariantCulture, $" rate={rate}") : "")
        + (BytesPerSecond is { } bytes ? string.Create(CultureInfo.InvariantCulture, $" bytes={bytes}") : "")
        + (Expires is { } end ? string.Create(CultureInfo.InvariantCulture, $" expires={end.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}") : "");

    private static Dictionary<string, string> Words(string line, List<string> wrong)
    {
        Dictionary<string, string> words = new(StringComparer.Ordinal);
        foreach (string word in line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = word.IndexOf('=', StringComparison.Ordinal);
            string name = equals < 0 ? "" : word[..equals];
            Require(Names.Contains(name), $"holds a word that is none of {string.Join(", ", Names.Select(n => $"{n}=…"))}", wrong);
            Require(!Names.Contains(name) || words.TryAdd(name, word[(equals + 1)..]), $"says {name} twice", wrong);
        }

        return words;
    }

    private static byte[] Hex(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigit) ? Convert.FromHexString(text) : [];

    private static int? Number(Dictionary<string, string> words, string name, int least, List<string> wrong)
    {
        if (!words.TryGetValue(name, out string? text))
        {
            return null;
        }

        bool isNumber = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value)
            && (value == 0 || (value >= least && value <= SecurityOptionsValidator.RateMax));
        Require(isNumber, $"has a {name} that is neither 0 nor from {least} to {SecurityOptionsValidator.RateMax}", wrong);
        return value;
    }

    private static void Require(bool condition, string fault, List<string> wrong)
    {
        if (!condition && !wrong.Contains(fault))
        {
            wrong.Add(fault);
        }
    }
}
