namespace Grainwatch.Signals.Alerts;

/// <summary>An instant, or none, in eight bytes where a nullable one takes sixteen.</summary>
internal readonly record struct PackedTime
{
    // Counted from long.MinValue, which is no instant: so the default is none.
    private readonly long _places;

    public PackedTime(Timestamp? value) => _places = value is { } time ? unchecked(time.UnixMs - long.MinValue) : 0;

    public Timestamp? Value => _places == 0 ? null : new Timestamp(unchecked(_places + long.MinValue));
}
