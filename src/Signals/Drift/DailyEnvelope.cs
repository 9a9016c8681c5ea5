namespace Grainwatch.Signals.Drift;

/// <summary>Between which bounds a series lay at this time of day (UTC, half an hour more or less) on the last seven days.</summary>
/// <remarks>A week, so that a Saturday is compared with a Saturday too. Before a week has been seen there is no envelope.</remarks>
internal sealed class DailyEnvelope
{
    private const int Days = 7;
    private const int Slots = 48;
    private const long SlotMs = 86_400_000 / Slots;

    private readonly Slot[] _slots = new Slot[(Days + 1) * Slots];

    public DailyEnvelope() => Array.Fill(_slots, new Slot(long.MinValue, 0, 0));

    /// <summary>How far outside the envelope the value lies, 0 within it; null: a day of the last seven is missing.</summary>
    public double? Distance(Timestamp time, double value)
    {
        long now = Index(time);
        long midnight = now - (((now % Slots) + Slots) % Slots);
        double low = double.MaxValue;
        double high = double.MinValue;
        for (int day = 1; day <= Days; day++)
        {
            bool seen = false;
            for (long index = now - (day * Slots) - 1; index <= now - (day * Slots) + 1; index++)
            {
                ref Slot slot = ref At(index);
                if (slot.Index == index && index < midnight)
                {
                    low = Math.Min(low, slot.Low);
                    high = Math.Max(high, slot.High);
                    seen = true;
                }
            }

            if (!seen)
            {
                return null;
            }
        }

        return Math.Max(0, Math.Max(low - value, value - high));
    }

    public void Add(Timestamp time, double value)
    {
        long index = Index(time);
        ref Slot slot = ref At(index);
        slot = slot.Index == index
            ? new Slot(index, Math.Min(slot.Low, value), Math.Max(slot.High, value))
            : new Slot(index, value, value);
    }

    private static long Index(Timestamp time) => time.Floor(TimeSpan.FromMilliseconds(SlotMs)).UnixMs / SlotMs;

    private ref Slot At(long index) => ref _slots[((index % _slots.Length) + _slots.Length) % _slots.Length];

    private readonly record struct Slot(long Index, double Low, double High);
}
