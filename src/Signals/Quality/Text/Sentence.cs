namespace Grainwatch.Signals.Quality.Text;

/// <summary>One sentence, as a range of words.</summary>
/// <param name="FirstWord">Index of its first word.</param>
/// <param name="EndWord">One past its last word.</param>
/// <param name="IsQuestion">It ends in a question mark.</param>
public readonly record struct Sentence(int FirstWord, int EndWord, bool IsQuestion)
{
    public int Count => EndWord - FirstWord;
}
