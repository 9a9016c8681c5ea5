namespace Grainwatch.Signals.Quality.Text;

/// <summary>
/// A text cut into words, sentences and lines, once. Of a very long text only the head and the tail are read, which
/// bounds what any answer can cost; <see cref="Clipped"/> says so.
/// </summary>
public sealed class AnalysedText
{
    /// <summary>Code units kept from the start of a longer text.</summary>
    public const int HeadMax = 24_576;

    /// <summary>Code units kept from its end, where loops and truncation show.</summary>
    public const int TailMax = 8_192;

    private readonly Word[] _words;
    private readonly Sentence[] _sentences;
    private readonly TextLine[] _lines;
    private readonly int _headLength;
    private readonly int _shift;
    private HashSet<ulong>? _stems;
    private string? _language;

    public AnalysedText(string original)
    {
        ArgumentNullException.ThrowIfNull(original);
        Original = original;
        (Text, _headLength, _shift) = Clip(original);
        _lines = LineScanner.Scan(Text);
        (_words, _sentences) = WordScanner.Scan(Text, _lines);
    }

    /// <summary>As it was given.</summary>
    public string Original { get; }

    /// <summary>What is read: the whole, or head, a line break, and tail.</summary>
    public string Text { get; }

    /// <summary>Whether the middle was left out.</summary>
    public bool Clipped => _shift != 0;

    public ReadOnlySpan<Word> Words => _words;

    public ReadOnlySpan<Sentence> Sentences => _sentences;

    public ReadOnlySpan<TextLine> Lines => _lines;

    /// <summary>The stems of the content words. Made once, when first asked for; not to be changed.</summary>
    public IReadOnlySet<ulong> Stems => _stems ??= Overlap.Stems(this);

    /// <summary>A language code, or the name of a script that stands for its language; null: cannot tell.</summary>
    public string? Language => (_language ??= LanguageGuess.Of(this) ?? string.Empty) is { Length: > 0 } known ? known : null;

    /// <summary>Nothing but white space.</summary>
    public bool IsBlank => string.IsNullOrWhiteSpace(Text);

    /// <summary>From an offset in <see cref="Text"/> to one in <see cref="Original"/>.</summary>
    public int ToOriginal(int index) => index <= _headLength ? index : index + _shift;

    public ReadOnlySpan<char> Of(in Word word) => Text.AsSpan(word.Start, word.Length);

    public ReadOnlySpan<char> Of(in TextLine line) => Text.AsSpan(line.Start, line.End - line.Start);

    public ReadOnlySpan<Word> Of(in Sentence sentence) => Words[sentence.FirstWord..sentence.EndWord];

    /// <summary>The kind of the line that holds an offset.</summary>
    public TextLine LineAt(int index)
    {
        int low = 0;
        int high = _lines.Length - 1;
        while (low < high)
        {
            int middle = (low + high + 1) >>> 1;
            (low, high) = _lines[middle].Start <= index ? (middle, high) : (low, middle - 1);
        }

        return _lines.Length == 0 ? default : _lines[low];
    }

    private static (string Text, int HeadLength, int Shift) Clip(string original)
    {
        if (original.Length <= HeadMax + TailMax)
        {
            return (original, original.Length, 0);
        }

        int head = char.IsHighSurrogate(original[HeadMax - 1]) ? HeadMax - 1 : HeadMax;
        int tail = original.Length - TailMax;
        tail = char.IsLowSurrogate(original[tail]) ? tail + 1 : tail;
        return (string.Concat(original.AsSpan(0, head), "\n", original.AsSpan(tail)), head, tail - head - 1);
    }
}
