using Grainwatch.Signals.Quality.Text;

namespace Grainwatch.Signals.Quality.Privacy;

/// <summary>Runs the scanners over an answer; where two claim the same characters, the first in order keeps them.</summary>
/// <remarks>
/// Order is from the surest to the least sure: secrets, e-mail, IBAN, IP, cards, SSN, phones. Every scanner starts from a
/// character that its kind cannot be without and reads a bounded stretch around it, so the time is linear.
/// </remarks>
public static class PrivacyScanner
{
    /// <summary>More findings than these are not listed: the answer is a leak whatever else it holds.</summary>
    public const int FindingsMax = 256;

    /// <summary>The findings by start, in offsets of the original text.</summary>
    public static IReadOnlyList<Finding> Scan(AnalysedText answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        string text = answer.Text;
        if (text.AsSpan().IndexOfAnyInRange('0', '9') < 0 && !text.Contains('@') && text.Length < SecretScanner.LengthMin)
        {
            return [];
        }

        FindingSet found = new(text.Length);
        SecretScanner.Scan(text, found);
        EmailScanner.Scan(text, found);
        IbanScanner.Scan(text, found);
        IpScanner.Scan(text, found);
        DigitScanner.Scan(text, found);
        return found.ToOriginal(answer);
    }
}
