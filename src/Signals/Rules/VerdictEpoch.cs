namespace Grainwatch.Signals.Rules;

/// <summary>Which activation speaks. The highest wins; a lower one is dropped and counted.</summary>
/// <param name="MembershipVersion">Version of the cluster's membership when the activation started.</param>
/// <param name="ActivationStart">When it started.</param>
/// <param name="Silo">Breaks ties.</param>
public readonly record struct VerdictEpoch(long MembershipVersion, Timestamp ActivationStart, string Silo) : IComparable<VerdictEpoch>
{
    /// <summary>The epoch of a run without a cluster.</summary>
    public static VerdictEpoch Single => new(0, default, "");

    public int CompareTo(VerdictEpoch other)
    {
        int order = MembershipVersion.CompareTo(other.MembershipVersion);
        order = order != 0 ? order : ActivationStart.CompareTo(other.ActivationStart);
        return order != 0 ? order : string.CompareOrdinal(Silo, other.Silo);
    }

    public static bool operator <(VerdictEpoch left, VerdictEpoch right) => left.CompareTo(right) < 0;

    public static bool operator >(VerdictEpoch left, VerdictEpoch right) => left.CompareTo(right) > 0;

    public static bool operator <=(VerdictEpoch left, VerdictEpoch right) => left.CompareTo(right) <= 0;

    public static bool operator >=(VerdictEpoch left, VerdictEpoch right) => left.CompareTo(right) >= 0;
}
