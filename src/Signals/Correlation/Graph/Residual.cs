using Grainwatch.Signals.Correlation.Deviations;

namespace Grainwatch.Signals.Correlation.Graph;

/// <summary>How much of a caller's mass its callees' masses do not predict.</summary>
/// <remarks>
/// Mass of the caller on the summed mass of its callees, by least squares over the reference; the incident's residuals
/// against the spread of the reference's (the regression test of CIRCA, Li et al. 2022, with one regressor). It stands in
/// for a callee without metrics, and tells a caller that is slow by itself from one that waits.
/// </remarks>
internal static class Residual
{
    private const int MinPoints = 20;
    private const int MaxPoints = 1024;
    private const double FloorShare = 0.02;

    /// <returns>Deviation of the residual, weighted over the incident; null with too little history.</returns>
    public static double? Of(GraphNode node, TargetSymptom target, IReadOnlyList<NodeSymptom> callees)
    {
        if (node.Symptom is not { } symptom || callees.Count == 0 || symptom.ReferenceEnd < MinPoints)
        {
            return null;
        }

        int from = Math.Max(0, symptom.ReferenceEnd - MaxPoints);
        int n = symptom.ReferenceEnd - from;
        double[] y = new double[n];
        double[] x = new double[n];
        for (int i = 0; i < n; i++)
        {
            (x[i], y[i]) = Masses(symptom, callees, from + i);
        }

        (double intercept, double slope) = LeastSquares(x, y);
        double level = 0;
        for (int i = 0; i < n; i++)
        {
            level += y[i] / n;
            y[i] -= intercept + slope * x[i];
        }

        MetricScale scale = new(false, 0, Math.Max(1e-9, FloorShare * Math.Abs(level)), false);
        Reference normal = Reference.Of(y, x, scale);
        return Weighted(symptom, target, callees, intercept, slope, normal);
    }

    private static double? Weighted(
        NodeSymptom symptom, TargetSymptom target, IReadOnlyList<NodeSymptom> callees, double intercept, double slope, Reference normal)
    {
        double weight = 0;
        double sum = 0;
        for (int b = 0; b < target.TimesUnixMs.Length; b++)
        {
            int i = symptom.PointAt(target.TimesUnixMs[b], symptom.View.IntervalMs);
            if (i >= 0)
            {
                (double x, double y) = Masses(symptom, callees, i);
                weight += target.Excess[b];
                sum += target.Excess[b] * normal.Z(y - intercept - slope * x);
            }
        }

        return weight > 0 ? sum / weight : null;
    }

    private static (double Callees, double Caller) Masses(NodeSymptom symptom, IReadOnlyList<NodeSymptom> callees, int i)
    {
        double requests = symptom.RequestsAt(i, 1);
        double sum = 0;
        foreach (NodeSymptom callee in callees)
        {
            int at = callee.PointAt(symptom.View.Times[i], symptom.View.IntervalMs);
            sum += at < 0 ? 0 : callee.MassAt(at, requests);
        }

        return (sum, symptom.MassAt(i, 1));
    }

    private static (double Intercept, double Slope) LeastSquares(double[] x, double[] y)
    {
        double mx = 0;
        double my = 0;
        for (int i = 0; i < x.Length; i++)
        {
            mx += x[i] / x.Length;
            my += y[i] / x.Length;
        }

        double xx = 0;
        double xy = 0;
        for (int i = 0; i < x.Length; i++)
        {
            xx += (x[i] - mx) * (x[i] - mx);
            xy += (x[i] - mx) * (y[i] - my);
        }

        // A callee that speeds up its caller by being slow is noise.
        double slope = xx > 0 ? Math.Max(0, xy / xx) : 0;
        return (my - slope * mx, slope);
    }
}
