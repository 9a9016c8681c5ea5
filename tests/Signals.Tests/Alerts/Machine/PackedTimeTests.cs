using Grainwatch.Signals.Alerts;

namespace Grainwatch.Signals.Tests.Alerts.Machine;

public sealed class PackedTimeTests
{
    public static TheoryData<long> Instants => [0, -1, 1, 1_767_225_600_000, Timestamp.MinValue.UnixMs, Timestamp.MaxValue.UnixMs, long.MaxValue];

    [Theory]
    [MemberData(nameof(Instants))]
    public void Value_OfAnInstant_IsThatInstant(long unixMs) => Assert.Equal(new Timestamp(unixMs), new PackedTime(new Timestamp(unixMs)).Value);

    [Fact]
    public void Value_OfNoneAndOfTheDefault_IsNone() => Assert.Equal((null, null), (new PackedTime(null).Value, default(PackedTime).Value));
}
