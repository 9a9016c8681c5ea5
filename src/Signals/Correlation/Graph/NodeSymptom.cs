using Grainwatch.Signals.Correlation.Deviations;
using Grainwatch.Signals.Correlation.Facts;
using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Correlation.Graph;

/// <summary>
/// The symptom of an incident at one entity: how far it moved in the incident's buckets, and its mass, which is what makes
/// a lambda called four times and a page called a thousand times comparable.
/// </summary>
/// <remarks>
/// A bucket deviates by the smaller of two distances: from the long normal, and from what was just before the incident. A
/// level that changed last week is no part of today's incident. With fewer than <see cref="FewPoints"/> points just before,
/// the distance is taken from the nearest of them.
/// </remarks>
internal sealed class NodeSymptom
{
    private const int FewPoints = 5;

    private readonly SeriesView _view;
    private readonly SeriesView? _requests;
    private readonly Baseline _normal;
    private readonly double _maxZ;
    private readonly int _sign;
    private readonly double _beforeY;
    private readonly int _beforeCount;
    private readonly double _perRequest;

    /// <param name="view">The symptom's series at the entity.</param>
    /// <param name="requests">Its requests; null where they are not counted.</param>
    /// <param name="sign">+1 when the symptom is a rise, -1 when it is a fall.</param>
    /// <param name="onsetMs">Start of the target's first abnormal bucket.</param>
    /// <param name="finder">Takes normals.</param>
    /// <param name="options">Lengths and limits.</param>
    public NodeSymptom(SeriesView view, SeriesView? requests, int sign, long onsetMs, OnsetFinder finder, CorrelatorOptions options)
    {
        _view = view;
        _requests = requests;
        _sign = sign;
        _maxZ = options.MaxZ;
        ReferenceEnd = view.From(onsetMs);
        _normal = finder.Normal(view, ReferenceEnd, 0);
        _perRequest = view.Definition.Unit == MetricUnit.Ratio ? 1 / view.Whole : 1;
        long beforeMs = Math.Max((long)options.JustBefore.TotalMilliseconds, 2 * view.IntervalMs);
        int beforeFrom = view.From(onsetMs - beforeMs);
        _beforeCount = ReferenceEnd - beforeFrom;
        _beforeY = BaseOf(view.Y.AsSpan(beforeFrom, _beforeCount), sign);
        BaseValue = Base();
    }

    public EntityId Entity => _view.Entity;

    public MetricName Metric => _view.Metric;

    public SeriesView View => _view;

    /// <summary>The request series that the mass is made of; null: the caller's count stands in.</summary>
    public SeriesView? Requests => _requests;

    /// <summary>How many points of history there are.</summary>
    public int ReferenceEnd { get; }

    /// <summary>+1 when the symptom is a rise, -1 when it is a fall.</summary>
    public int Sign => _sign;

    public Baseline Normal => _normal;

    public bool HasHistory => _normal.Level.Count > 0;

    /// <summary>The median of the long normal, in the metric's unit.</summary>
    public double NormalValue => _view.Scale.Back(_normal.Level.Median);

    /// <summary>The level from which excess counts: the worse of the long normal and of just before.</summary>
    public double BaseValue { get; }

    /// <summary>How far a point moved in the symptom's direction, at least 0.</summary>
    public double Z(int i)
    {
        double z = _sign * _normal.Z(_view, i, _maxZ);
        return z <= 0 || _beforeCount == 0 ? Math.Max(0, z) : Math.Max(0, Math.Min(z, _sign * _normal.ZAround(_view, i, _beforeY, _beforeCount, _maxZ)));
    }

    /// <summary>
    /// How far a point lies beyond the long normal, if it also moved at least <paramref name="beforeZ"/> since just before;
    /// else as <see cref="Z"/>.
    /// </summary>
    public double LongZ(int i, double beforeZ)
    {
        double both = Z(i);
        return both >= beforeZ ? _sign * _normal.Z(_view, i, _maxZ) : both;
    }

    /// <summary>The point of a bucket; -1: none.</summary>
    public int PointAt(long unixMs, long intervalMs) => _view.At(unixMs, intervalMs);

    /// <summary>What a point adds to the mass: requests x (value - base), negative where it was better than the base.</summary>
    public double ExcessAt(int i, double callerRequests)
    {
        double requests = RequestsAt(i, callerRequests);
        return requests * _sign * (_view.Values[i] - BaseValue) * _perRequest;
    }

    /// <summary>The mass that one spread of the metric's own noise is worth in a bucket.</summary>
    public double NoiseAt(int i, double callerRequests)
    {
        double median = _normal.Level.Median;
        double oneSpread = Math.Abs(_view.Scale.Back(median + _sign * _normal.Level.Spread) - _view.Scale.Back(median));
        return RequestsAt(i, callerRequests) * oneSpread * _perRequest;
    }

    /// <summary>The whole mass of a point.</summary>
    public double MassAt(int i, double callerRequests) =>
        RequestsAt(i, callerRequests) * (_sign > 0 ? _view.Values[i] * _perRequest : 1 - _view.Values[i] * _perRequest);

    public double RequestsAt(int i, double callerRequests)
    {
        int at = _requests?.At(_view.Times[i], _view.IntervalMs) ?? -1;
        return at >= 0 ? _requests!.Values[at] : callerRequests;
    }

    private double Base()
    {
        double normal = _view.Scale.Back(_normal.Level.Median);
        double before = _beforeCount == 0 ? normal : _view.Scale.Back(_beforeY);
        return _sign > 0 ? Math.Max(normal, before) : Math.Min(normal, before);
    }

    private static double BaseOf(ReadOnlySpan<double> before, int sign)
    {
        if (before.Length == 0)
        {
            return 0;
        }

        double[] sorted = before.ToArray();
        Array.Sort(sorted);
        return before.Length >= FewPoints ? Reference.Quantile(sorted, 0.5) : sign > 0 ? sorted[^1] : sorted[0];
    }
}
