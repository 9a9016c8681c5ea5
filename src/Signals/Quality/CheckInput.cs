using Grainwatch.Signals.Quality.Text;

namespace Grainwatch.Signals.Quality;

/// <summary>One answer, cut into words, sentences and lines once, for every check to read.</summary>
public readonly struct CheckInput
{
    /// <summary>Analyses the texts of a sample.</summary>
    public CheckInput(ResponseSample sample)
    {
        ArgumentNullException.ThrowIfNull(sample);
        Sample = sample;
        Response = new AnalysedText(sample.Response);
        Prompt = new AnalysedText(sample.Prompt);
        Context = string.IsNullOrWhiteSpace(sample.Context) ? null : new AnalysedText(sample.Context);
    }

    /// <summary>What was given.</summary>
    public ResponseSample Sample { get; }

    /// <summary>The answer; may be empty.</summary>
    public AnalysedText Response { get; }

    /// <summary>The question; may be empty.</summary>
    public AnalysedText Prompt { get; }

    /// <summary>What the answer was to rest on; null: nothing, or blank.</summary>
    public AnalysedText? Context { get; }
}
