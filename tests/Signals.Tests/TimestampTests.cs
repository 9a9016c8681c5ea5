using CsCheck;

namespace Grainwatch.Signals.Tests;

public sealed class TimestampTests
{
    [Theory]
    [InlineData("2026-01-02T03:04:05Z", 1767323045000)]
    [InlineData("2026-01-02T03:04:05.678", 1767323045678)]
    [InlineData("2026-01-02 03:04:05", 1767323045000)]
    [InlineData("2026-01-02T05:04:05+02:00", 1767323045000)]
    [InlineData("1767323045", 1767323045000)]
    [InlineData(" 1767323045.678 ", 1767323045678)]
    [InlineData("-1.5", -1500)]
    public void TryParse_ATime_IsRead(string text, long unixMs)
    {
        Assert.True(Timestamp.TryParse(text, out Timestamp time));
        Assert.Equal(unixMs, time.UnixMs);
    }

    [Theory]
    [InlineData("")]
    [InlineData("12:30")]
    [InlineData("Monday")]
    [InlineData("5/4")]
    [InlineData("NaN")]
    [InlineData("1e300")]
    [InlineData("99999999999999999999")]
    [InlineData("2026-13-01T00:00:00Z")]
    public void TryParse_NoTime_IsRefused(string text)
    {
        Assert.False(Timestamp.TryParse(text, out _));
        Assert.Throws<FormatException>(() => Timestamp.Parse(text));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(1e15)]
    [InlineData(-1e12)]
    public void FromUnixSeconds_NoTime_IsRefused(double seconds) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Timestamp.FromUnixSeconds(seconds));

    [Fact]
    public void IsInRange_Bounds_AreThoseThatCanBeWritten()
    {
        Assert.True(Timestamp.MinValue.IsInRange && Timestamp.MaxValue.IsInRange);
        Assert.False(new Timestamp(Timestamp.MinValue.UnixMs - 1).IsInRange || new Timestamp(Timestamp.MaxValue.UnixMs + 1).IsInRange);
    }

    [Fact]
    public void ToString_AnyInstant_IsReadBack() =>
        Gen.Long[Timestamp.MinValue.UnixMs, Timestamp.MaxValue.UnixMs].Sample(ms => Assert.Equal(new Timestamp(ms), Timestamp.Parse(new Timestamp(ms).ToString())));

    [Fact]
    public void Floor_AnyInstant_IsTheLastMultipleNotAfterIt() =>
        Gen.Select(Gen.Long[-1_000_000_000, 1_000_000_000], Gen.Int[1, 3_600_000]).Sample((ms, interval) =>
        {
            long floor = new Timestamp(ms).Floor(TimeSpan.FromMilliseconds(interval)).UnixMs;
            Assert.True(floor <= ms && ms < floor + interval && floor % interval == 0);
        });

    [Fact]
    public void Operators_Comparisons_FollowTheInstant()
    {
        Timestamp early = new(1_000);
        Timestamp late = early + TimeSpan.FromSeconds(2);
        Assert.True(early < late && late > early && early <= late && late >= early && early.CompareTo(late) < 0);
        Assert.Equal(TimeSpan.FromSeconds(2), late - early);
        Assert.Equal((early, late), (Timestamp.Min(late, early), Timestamp.Max(late, early)));
    }
}
