using CsCheck;
using Grainwatch.Signals.Windows;

namespace Grainwatch.Signals.Tests.Windows;

public sealed class PageCodecTests
{
    private static readonly Gen<float> Cell = Gen.Frequency(
        (4, Gen.Int[0, 1000].Select(v => v / 1000f)),
        (4, Gen.Int[-50, 100_000].Select(v => (float)v)),
        (2, Gen.Const(float.NaN)),
        (2, Gen.Int[-999, 999].Select(v => v * 1e-5f)),
        (1, Gen.Single.Where(float.IsFinite)),
        (1, Gen.Int[0, 5].Select(i => new[] { -0f, 0f, float.Epsilon, float.MaxValue, float.MinValue, 1e-5f }[i])));

    [Fact]
    public void Decode_WhatWasEncoded_IsEqualBitForBit() =>
        Cell.Array[PageCodec.Rows].Select(Gen.UInt).Sample((values, several) => RoundTrip(values, several), iter: 20_000);

    [Fact]
    public void Decode_ValuesOfOneKind_IsEqualBitForBit() =>
        Gen.OneOf(
            Gen.Int[0, 1000].Select(v => v / 1000f).Array[PageCodec.Rows],
            Gen.Single.Where(float.IsFinite).Array[PageCodec.Rows],
            Gen.Double[0.01, 0.02].Select(v => (float)v).Array[PageCodec.Rows],
            Gen.Int[0, 1].Select(v => v == 0 ? float.NaN : 7f).Array[PageCodec.Rows])
        .Select(Gen.UInt).Sample((values, several) => RoundTrip(values, several), iter: 20_000);

    [Theory]
    [InlineData(1f, 2)]
    [InlineData(0f, 2)]
    [InlineData(300f, 4)]
    [InlineData(0.001f, 3)]
    public void Encode_Constant_NeedsOnlyItsHeader(float value, int expectedBytes)
    {
        float[] values = [.. Enumerable.Repeat(value, PageCodec.Rows)];
        int length = PageCodec.Encode(values, 0, new byte[PageCodec.MaxBytes + PageCodec.Slack]);
        Assert.InRange(length, 2, expectedBytes + 1);
    }

    [Fact]
    public void Encode_PercentWithOneDecimal_NeedsAboutThirtyFiveBytes()
    {
        Random random = new(7);
        float[] values = [.. Enumerable.Range(0, PageCodec.Rows).Select(_ => (500 + random.Next(0, 250)) / 10f)];
        Assert.InRange(PageCodec.Encode(values, 0, new byte[PageCodec.MaxBytes + PageCodec.Slack]), 30, 36);
    }

    [Fact]
    public void Encode_Nothing_TakesNoByte() =>
        Assert.Equal(0, PageCodec.Encode([.. Enumerable.Repeat(float.NaN, PageCodec.Rows)], 0, new byte[PageCodec.MaxBytes + PageCodec.Slack]));

    [Fact]
    public void IsValid_Cut_IsFalse()
    {
        byte[] bytes = new byte[PageCodec.MaxBytes + PageCodec.Slack];
        int length = PageCodec.Encode([.. Enumerable.Range(0, PageCodec.Rows).Select(i => i * 1.5f)], 0, bytes);
        Assert.True(PageCodec.IsValid(bytes.AsSpan(0, length)));
        Assert.False(PageCodec.IsValid(bytes.AsSpan(0, length - 1)));
    }

    [Fact]
    public void Patch_OneColumn_LeavesTheOthers()
    {
        Random random = new(11);
        float[][] columns = [.. Enumerable.Range(0, 50).Select(_ => Enumerable.Range(0, PageCodec.Rows).Select(_ => random.Next(0, 4) == 0 ? float.NaN : random.Next(0, 500) / 10f).ToArray())];
        SealedPage? page = SealedPage.Seal(3, 40, (column, values) => Fill(columns[column], values), null);
        for (int step = 0; step < 2_000; step++)
        {
            int column = random.Next(50);
            columns[column][random.Next(PageCodec.Rows)] = random.Next(0, 5) == 0 ? 0.123456f : random.Next(0, 9);
            page = SealedPage.Patch(3, 50, column, columns[column], 5, page);
            int other = random.Next(50);
            float[] read = new float[PageCodec.Rows];
            page!.Decode(other, read);
            bool known = other < 40 || step > 1_000;
            Assert.True(!known || columns[other].AsSpan().SequenceEqual(read), $"step {step}, column {other}");
        }
    }

    private static uint Fill(float[] source, Span<float> values)
    {
        source.CopyTo(values);
        return 0;
    }

    private static void RoundTrip(float[] values, uint several)
    {
        byte[] bytes = new byte[PageCodec.MaxBytes + PageCodec.Slack];
        int length = PageCodec.Encode(values, several, bytes);
        Assert.True(length <= PageCodec.MaxBytes);
        Assert.True(PageCodec.IsValid(bytes.AsSpan(0, length)));
        bytes.AsSpan(length).Fill(0xFF);
        uint present = 0;
        for (int i = 0; i < values.Length; i++)
        {
            present |= float.IsNaN(values[i]) ? 0 : 1u << i;
        }

        if (present == 0)
        {
            Assert.Equal(0, length);
            return;
        }

        float[] back = new float[PageCodec.Rows];
        Assert.Equal(several & present, PageCodec.Decode(bytes, back));
        Assert.Equal(values.Select(BitConverter.SingleToInt32Bits), back.Select(BitConverter.SingleToInt32Bits));
    }
}
