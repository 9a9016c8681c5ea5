using CsCheck;
using Grainwatch.Signals.Replay;

namespace Grainwatch.Signals.Tests.Replay.Properties;

public sealed class RowOrderProperties
{
    [Fact]
    public void ByTimeThenSeries_AnyRows_SameAsAStableSort() => Gen.Select(
        Gen.OneOf(Gen.Long[-5, 5], Gen.Long[-62_135_596_800_000, 253_402_300_799_999], Gen.Bool.Select(b => b ? long.MinValue : long.MaxValue)),
        Gen.Int[0, 7]).Array[0, 200].Sample(rows =>
        {
            int[] order = RowOrder.ByTimeThenSeries([.. rows.Select(r => r.Item1)], [.. rows.Select(r => r.Item2)], 8);
            Assert.Equal(Enumerable.Range(0, rows.Length).OrderBy(i => rows[i].Item1).ThenBy(i => rows[i].Item2), order);
        });
}
