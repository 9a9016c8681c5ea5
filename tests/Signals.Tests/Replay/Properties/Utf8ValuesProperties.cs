using System.Globalization;
using System.Text;
using CsCheck;
using Grainwatch.Signals.Replay;

namespace Grainwatch.Signals.Tests.Replay.Properties;

public sealed class Utf8ValuesProperties
{
    [Fact]
    public void TryNumber_AnyDouble_SameAsTheLibrary() => Gen.Select(Gen.Double, Gen.Int[0, 5]).Sample((value, form) =>
    {
        string text = value.ToString(form switch { 0 => "R", 1 => "F0", 2 => "F3", 3 => "F9", 4 => "E5", _ => "G7" }, CultureInfo.InvariantCulture);
        AssertNumber(text);
    });

    [Fact]
    public void TryNumber_ShortDecimals_SameAsTheLibrary() => Gen.Select(Gen.Long[0, 999_999_999_999_999], Gen.Int[0, 15], Gen.Bool).Sample((digits, places, negative) =>
    {
        string text = digits.ToString(CultureInfo.InvariantCulture).PadLeft(places + 1, '0');
        AssertNumber((negative ? "-" : "") + text[..^places] + "." + text[^places..]);
    });

    [Fact]
    public void TryNumber_AnyText_SameAsTheLibrary() =>
        Gen.Char["0123456789.-+eE, N"].Array[0, 12].Select(c => new string(c)).Sample(AssertNumber, iter: 20_000);

    [Fact]
    public void TryTime_AnyText_SameAsTimestamp() =>
        Gen.Char["0123456789.-:TZ +"].Array[0, 26].Select(c => new string(c)).Sample(AssertTime, iter: 20_000);

    [Fact]
    public void TryTime_AnyInstant_SameAsTimestamp() => Gen.Select(Gen.Long[-62_135_596_800_000, 253_402_300_799_999], Gen.Int[0, 5]).Sample((ms, form) =>
    {
        DateTimeOffset time = DateTimeOffset.FromUnixTimeMilliseconds(ms);
        AssertTime(form switch
        {
            0 => time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            1 => time.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            2 => time.ToString("yyyy-MM-dd'T'HH:mm:ss.f'+02:30'", CultureInfo.InvariantCulture),
            3 => time.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture),
            4 => (ms / 1000).ToString(CultureInfo.InvariantCulture),
            _ => (ms / 1000.0).ToString("F3", CultureInfo.InvariantCulture),
        });
    });

    private static void AssertNumber(string text)
    {
        bool expected = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double right);
        bool read = Utf8Values.TryNumber(Encoding.UTF8.GetBytes(text), out double value);
        Assert.Equal(expected, read);
        if (expected)
        {
            Assert.Equal(right + 0.0, value + 0.0);
        }
    }

    private static void AssertTime(string text)
    {
        bool expected = Timestamp.TryParse(text, out Timestamp right);
        bool read = Utf8Values.TryTime(Encoding.UTF8.GetBytes(text), out long unixMs);
        Assert.True(expected == read, text);
        if (expected)
        {
            Assert.True(right.UnixMs == unixMs, text);
        }
    }
}
