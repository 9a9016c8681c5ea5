using Grainwatch.Signals.Correlation.Deviations;
using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Correlation.Facts;

/// <summary>What one series did in the incident: where it was, where it went, since when, and whether that is worth a word.</summary>
internal sealed class SeriesFact
{
    private const double MaterialLog = 0.14;
    private const double MaterialShare = 0.05;
    private const double MaterialScore = 0.03;
    private const double MaterialCelsius = 5;
    private const int MinHistory = 6;

    public SeriesFact(SeriesView view, Onset? onset, OnsetInterval? interval, Baseline normal, int windowFrom, int windowTo)
    {
        View = view;
        Onset = onset;
        Interval = interval;
        Normal = normal;
        From = onset?.First ?? windowFrom;
        To = Math.Max(windowTo, From);
        Before = view.Scale.Back(normal.Level.Median);
        (After, Worst, Persistence) = Levels();
    }

    public SeriesView View { get; }

    public Onset? Onset { get; }

    /// <summary>When it left its normal; null: it did not.</summary>
    public OnsetInterval? Interval { get; }

    public Baseline Normal { get; }

    /// <summary>First point of the incident: its own onset, or the window's start.</summary>
    public int From { get; }

    /// <summary>The point after the last that is looked at.</summary>
    public int To { get; }

    public EntityId Entity => View.Entity;

    public MetricName Metric => View.Metric;

    public MetricDefinition Definition => View.Definition;

    public string Name => View.Definition.Name;

    public bool HasHistory => Normal.Level.Count >= MinHistory;

    public bool HasPoints => To > From;

    /// <summary>The normal level, in the metric's unit.</summary>
    public double Before { get; }

    /// <summary>The level of its abnormal points, or of the window when it has none.</summary>
    public double After { get; }

    /// <summary>The farthest value in the direction it moved.</summary>
    public double Worst { get; }

    /// <summary>Share of abnormal points since the onset, 0 to 1.</summary>
    public double Persistence { get; }

    /// <summary>Signed peak deviation, 0 without an onset.</summary>
    public double Z => Onset is null ? 0 : Onset.Sign * Onset.Peak;

    /// <summary>True when it is a share and reads 0 to 100.</summary>
    public double Whole => View.Whole;

    /// <summary>A share on the scale 0 to 1, whatever scale it was sent on.</summary>
    public double AfterShare => After / View.Whole;

    public double BeforeShare => Before / View.Whole;

    public bool Rose => Onset is { Sign: > 0 } && IsMaterial;

    public bool Fell => Onset is { Sign: < 0 } && IsMaterial;

    public bool Moved => Rose || Fell;

    /// <summary>Moved in the direction that is bad for this metric.</summary>
    public bool GotWorse => Definition.Direction switch
    {
        MetricDirection.HigherIsWorse => Rose,
        MetricDirection.LowerIsWorse => Fell,
        _ => false,
    };

    public bool GotBetter => Moved && Definition.Direction != MetricDirection.Neutral && !GotWorse;

    /// <summary>After as a multiple of before; 0 when before is 0.</summary>
    public double Factor => Before > 0 ? After / Before : 0;

    private bool IsMaterial => Definition.Unit switch
    {
        MetricUnit.Ratio => Math.Abs(After - Before) >= MaterialShare * View.Whole || View.Requests is not null,
        MetricUnit.Score => Math.Abs(After - Before) >= MaterialScore * View.Whole,
        MetricUnit.Celsius => Math.Abs(After - Before) >= MaterialCelsius,
        MetricUnit.None => true,
        _ => Math.Abs(View.Scale.Of(After) - View.Scale.Of(Before)) >= MaterialLog,
    };

    private (double After, double Worst, double Persistence) Levels()
    {
        int sign = Onset?.Sign ?? 1;
        if (Definition.Unit == MetricUnit.Score)
        {
            return ScoreLevels(sign);
        }

        List<double> taken = [];
        double worst = double.NaN;
        for (int i = From; i < To; i++)
        {
            double value = View.Values[i];
            worst = double.IsNaN(worst) || sign * value > sign * worst ? value : worst;
            if (Onset is null || sign * Normal.Z(View, i, double.MaxValue) >= 2)
            {
                taken.Add(value);
            }
        }

        if (taken.Count == 0)
        {
            return (Before, double.IsNaN(worst) ? Before : worst, 0);
        }

        taken.Sort();
        return (taken[taken.Count / 2], worst, (double)taken.Count / (To - From));
    }

    /// <summary>A score's level is the mean of its buckets: each holds a few answers only.</summary>
    private (double After, double Worst, double Persistence) ScoreLevels(int sign)
    {
        int to = Onset is { Last: >= 0 } onset ? onset.Last + 1 : To;
        double sum = 0;
        double worst = double.NaN;
        for (int i = From; i < to; i++)
        {
            double value = View.Values[i];
            sum += value;
            worst = double.IsNaN(worst) || sign * value > sign * worst ? value : worst;
        }

        return to <= From ? (Before, Before, 0) : (sum / (to - From), worst, 1);
    }
}
