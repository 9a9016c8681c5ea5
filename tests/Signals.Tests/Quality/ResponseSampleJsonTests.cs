using System.Text;
using CsCheck;
using Grainwatch.Signals.Quality;

namespace Grainwatch.Signals.Tests.Quality;

public sealed class ResponseSampleJsonTests
{
    private const string Least = "\"id\":\"a\",\"time\":\"2026-01-05T00:00:00Z\",\"endpoint\":\"chat\",\"response\":\"x\"";

    [Fact]
    public void TryRead_AllFields_ReadsThem()
    {
        const string Line = """{"id":"r","time":1767571200.5,"endpoint":"chat","component":"assist","prompt":"p","response":"é","context":"c","reference":"f","finishReason":"stop","inputTokens":3,"outputTokens":4,"latencyMs":12.5,"more":{"a":[1]}}""";
        Assert.True(ResponseSampleJson.TryRead(Line, out ResponseSample? sample, out string? error), error);
        Assert.Equal(("r", "chat/assist", "p", "\u00E9", "c", "f", "stop"), (sample!.Id, sample.Entity.ToString(), sample.Prompt, sample.Response, sample.Context, sample.Reference, sample.FinishReason));
        Assert.Equal((3, 4, 12.5, 1_767_571_200_500), (sample.InputTokens, sample.OutputTokens, sample.LatencyMs, sample.Time.UnixMs));
    }

    [Fact]
    public void TryRead_Least_TakesEndpointAndEmptyPrompt()
    {
        Assert.True(ResponseSampleJson.TryRead("{" + Least + ",\"context\":null}", out ResponseSample? sample, out _));
        Assert.Equal(("chat", "", null), (sample!.Entity.ToString(), sample.Prompt, sample.Context));
    }

    [Fact]
    public void TryRead_RepeatedField_LastCounts()
    {
        Assert.True(ResponseSampleJson.TryRead("{" + Least + ",\"response\":\"y\"}", out ResponseSample? sample, out _));
        Assert.Equal("y", sample!.Response);
    }

    [Theory]
    [InlineData("", "not JSON")]
    [InlineData("nonsense", "not JSON")]
    [InlineData("[]", "not a JSON object")]
    [InlineData("{}", "id is missing")]
    [InlineData("{\"id\":\"\"}", "id is missing")]
    [InlineData("{\"id\":7}", "id is not a text")]
    [InlineData("{\"id\":\"a\",\"endpoint\":\"e\",\"response\":\"x\"}", "time is missing")]
    [InlineData("{\"id\":\"a\",\"time\":\"yesterday\"}", "time is neither")]
    [InlineData("{\"id\":\"a\",\"time\":true}", "time is neither")]
    [InlineData("{\"id\":\"a\",\"time\":1,\"response\":\"x\"}", "endpoint is missing")]
    [InlineData("{\"id\":\"a\",\"time\":1,\"endpoint\":\"e\"}", "response is missing")]
    [InlineData("{\"id\":\"a\",\"time\":1,\"endpoint\":\"e\",\"response\":null}", "response is missing")]
    [InlineData("{\"response\":[\"x\"]}", "response is not a text")]
    [InlineData("{\"outputTokens\":-1}", "outputTokens is not")]
    [InlineData("{\"outputTokens\":1.5}", "outputTokens is not")]
    [InlineData("{\"outputTokens\":\"3\"}", "outputTokens is not")]
    [InlineData("{\"latencyMs\":-0.5}", "latencyMs is not")]
    [InlineData("{\"latencyMs\":1e999}", "latencyMs is not")]
    [InlineData("{\"id\":\"a\"", "not JSON")]
    [InlineData("{\"prompt\":\"\\ud800\"}", "no Unicode")]
    public void TryRead_Bad_SaysWhy(string line, string reason)
    {
        Assert.False(ResponseSampleJson.TryRead(line, out ResponseSample? sample, out string? error));
        Assert.Null(sample);
        Assert.Contains(reason, error, StringComparison.Ordinal);
    }

    [Fact]
    public void TryRead_TwoValues_IsAnError() => Assert.False(ResponseSampleJson.TryRead("{" + Least + "}{}", out _, out _));

    [Theory]
    [InlineData(256, true)]
    [InlineData(257, false)]
    public void TryRead_LengthOfId_IsBounded(int length, bool read) =>
        Assert.Equal(read, ResponseSampleJson.TryRead("{\"id\":\"" + new string('i', length) + "\",\"time\":1,\"endpoint\":\"e\",\"response\":\"x\"}", out _, out _));

    [Fact]
    public void TryRead_LineOverTheLimit_IsNotRead()
    {
        byte[] line = Encoding.UTF8.GetBytes("{" + Least + ",\"prompt\":\"" + new string('p', ResponseSampleJson.LineBytesMax) + "\"}");
        Assert.False(ResponseSampleJson.TryRead(line, out _, out string? error));
        Assert.Contains("bytes", error, StringComparison.Ordinal);
    }

    [Fact]
    public void TryRead_LoneSurrogate_IsAnError() => Assert.False(ResponseSampleJson.TryRead("{" + Least + ",\"prompt\":\"\uD800\"}", out _, out _));

    [Fact]
    public void TryRead_AnyBytes_NeverThrows() =>
        Gen.Byte.Array.Sample(bytes => ResponseSampleJson.TryRead(bytes, out ResponseSample? sample, out string? error) == (error is null) && (sample is null) == (error is not null), iter: 5_000);

    [Fact]
    public void TryRead_MutatedLine_NeverThrows()
    {
        byte[] line = Encoding.UTF8.GetBytes("{" + Least + ",\"inputTokens\":3,\"latencyMs\":1.5}");
        Gen.Select(Gen.Int[0, line.Length - 1], Gen.Byte).Sample((at, value) =>
        {
            byte[] mutated = [.. line];
            mutated[at] = value;
            bool read = ResponseSampleJson.TryRead(mutated, out ResponseSample? sample, out string? error);
            return read == (sample is not null) && read == (error is null);
        }, iter: 5_000);
    }
}
