using System.Text;
using Grainwatch.Signals.Quality;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Replay;

/// <summary>Reads one <c>scores.csv</c>: <c>time,entity,dimension,score,probability[,stratum][,judge]</c>.</summary>
internal sealed class ScoreFile(
    string file, TopologyMap topology, List<QualityScore> scores, ProblemLog problems, RecordingLimits limits)
{
    private const int Time = 0;
    private const int Entity = 1;
    private const int Dimension = 2;
    private const int Score = 3;
    private const int Probability = 4;
    private const int Stratum = 5;
    private const int Judge = 6;
    private const int MaxNames = 100_000;
    private const int MaxNameBytes = 1024;

    private static readonly string[] Names = ["time", "entity", "dimension", "score", "probability", "stratum", "judge"];
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    public void Read(LineSource lines) =>
        new CsvRows(file, Names, Stratum, problems, limits).Read(lines, () => scores.Count >= limits.Scores ? $"{limits.Scores} scores" : null, ReadRow);

    public static int Compare(QualityScore left, QualityScore right)
    {
        int order = left.Time.CompareTo(right.Time);
        order = order != 0 ? order : left.Entity.CompareTo(right.Entity);
        order = order != 0 ? order : string.CompareOrdinal(left.Dimension, right.Dimension);
        order = order != 0 ? order : Nullable.Compare(left.Score, right.Score);
        order = order != 0 ? order : left.Probability.CompareTo(right.Probability);
        order = order != 0 ? order : string.CompareOrdinal(left.Stratum, right.Stratum);
        return order != 0 ? order : string.CompareOrdinal(left.Judge, right.Judge);
    }

    private string? ReadRow(CsvLayout layout, ReadOnlySpan<byte> line)
    {
        if (!layout.TryCut(ref line))
        {
            return "fewer fields than the header, or a quote that is not closed";
        }

        if (!Utf8Values.TryTime(layout.Field(line, Time), out long timeUnixMs))
        {
            return "the time is neither ISO 8601 nor Unix seconds";
        }

        if (!TryName(layout.Field(line, Entity), out string entity) || !topology.TryResolve(entity, out EntityId? known))
        {
            return "the entity is not in topology.json, or its short name is not unique";
        }

        if (!TryName(layout.Field(line, Dimension), out string dimension) || dimension.Length == 0)
        {
            return $"the dimension must be a text of 1 to {MaxNameBytes} bytes";
        }

        double value = 0;
        ReadOnlySpan<byte> score = layout.Field(line, Score);
        if (!score.IsEmpty && !(Utf8Values.TryNumber(score, out value) && value is >= 0 and <= 1))
        {
            return "the score must be empty or a number from 0 to 1";
        }

        if (!Utf8Values.TryNumber(layout.Field(line, Probability), out double probability) || probability is not (> 0 and <= 1))
        {
            return "the probability must be a number above 0, up to 1";
        }

        if (!TryName(layout.Field(line, Stratum), out string stratum) || !TryName(layout.Field(line, Judge), out string judge))
        {
            return $"stratum and judge must be texts of at most {MaxNameBytes} bytes";
        }

        scores.Add(new QualityScore(
            new Timestamp(timeUnixMs),
            known,
            dimension,
            score.IsEmpty ? null : value,
            probability,
            stratum.Length == 0 ? null : stratum,
            judge.Length == 0 ? null : judge));
        return null;
    }

    private bool TryName(ReadOnlySpan<byte> bytes, out string name)
    {
        name = "";
        if (bytes.IsEmpty)
        {
            return true;
        }

        if (bytes.Length > MaxNameBytes)
        {
            return false;
        }

        Span<char> characters = stackalloc char[MaxNameBytes];
        int length;
        try
        {
            length = Strict.GetChars(bytes, characters);
        }
        catch (DecoderFallbackException)
        {
            return false;
        }

        // The same few names come in every row: one string each.
        ReadOnlySpan<char> text = characters[..length];
        if (_names.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out string? known))
        {
            name = known;
            return true;
        }

        name = text.ToString();
        if (_names.Count < MaxNames)
        {
            _names.Add(name, name);
        }

        return true;
    }
}
