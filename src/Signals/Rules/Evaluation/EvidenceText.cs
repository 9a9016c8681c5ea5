namespace Grainwatch.Signals.Rules.Evaluation;

/// <summary>Collects the sentences of a verdict and the numbers of the first that has some.</summary>
internal sealed class EvidenceText
{
    private const int MaxSentences = 4;

    private readonly List<string> _sentences = [];
    private double? _value;
    private double? _threshold;
    private int? _n;
    private double? _lower;
    private double? _upper;

    /// <summary>Put before every sentence while relatives are explained; empty: the rule's own entity.</summary>
    public string Subject { get; set; } = "";

    public void Add(string sentence, double? value = null, double? threshold = null, int? n = null, double? lower = null, double? upper = null)
    {
        if (_value is null && value is not null)
        {
            (_value, _threshold, _n, _lower, _upper) = (value, threshold, n, lower, upper);
        }

        if (_sentences.Count < MaxSentences)
        {
            _sentences.Add(Subject.Length == 0 ? sentence : $"{Subject}: {sentence}");
        }
    }

    public Evidence ToEvidence() => new(_value, _threshold, string.Join("; ", _sentences), _n, _lower, _upper);
}
