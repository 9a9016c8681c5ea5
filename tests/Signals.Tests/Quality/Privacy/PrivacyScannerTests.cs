using Grainwatch.Signals.Quality;
using Grainwatch.Signals.Quality.Checks;
using Grainwatch.Signals.Quality.Privacy;
using Grainwatch.Signals.Quality.Text;

namespace Grainwatch.Signals.Tests.Quality.Privacy;

public sealed class PrivacyScannerTests
{
    [Theory]
    [InlineData("mail jo.do+x@mail.example.co.uk now", "EMAIL", "jo.do+x@mail.example.co.uk")]
    [InlineData("Write to ann@example.org.", "EMAIL", "ann@example.org")]
    [InlineData("call me at +1-903-140-4508x769 today", "PHONE", "+1-903-140-4508x769")]
    [InlineData("Phone: (71) 4233-6306", "PHONE", "(71) 4233-6306")]
    [InlineData("Desk: +41 (0)85 806 98 67\n", "PHONE", "+41 (0)85 806 98 67")]
    [InlineData("ring 555-867-5309 now", "PHONE", "555-867-5309")]
    [InlineData("card 4111 1111 1111 1111 expires", "CARD", "4111 1111 1111 1111")]
    [InlineData("card 4111-1111-1111-1111.", "CARD", "4111-1111-1111-1111")]
    [InlineData("IBAN GB82 WEST 1234 5698 7654 32 please", "IBAN", "GB82 WEST 1234 5698 7654 32")]
    [InlineData("iban de89370400440532013000", "IBAN", "de89370400440532013000")]
    [InlineData("ssn 536-22-8726 ok", "SSN", "536-22-8726")]
    [InlineData("from 203.0.113.7, blocked", "IP", "203.0.113.7")]
    [InlineData("from 2001:db8::8a2e:370:7334 blocked", "IP", "2001:db8::8a2e:370:7334")]
    [InlineData("key AKIAIOSFODNN7EXAMPLE1 leaked", "SECRET", "AKIAIOSFODNN7EXAMPLE1")]
    [InlineData("password: hunter2x", "SECRET", "hunter2x")]
    public void Scan_PersonalData_GivesTypeAndPlace(string text, string type, string found)
    {
        Finding finding = Assert.Single(PrivacyScanner.Scan(new AnalysedText(text)));
        Assert.Equal(type, finding.Type);
        Assert.Equal(found, text[finding.Start..finding.End]);
    }

    [Theory]
    [InlineData("On 2018-02-24 12:45:18 the service stopped.")]
    [InlineData("Between 1999-2004 there were 1,234,567 calls; 3.14159265 is pi.")]
    [InlineData("card 4111 1111 1111 1112 has a wrong check digit")]
    [InlineData("GB82 WEST 1234 5698 7654 33 fails mod 97")]
    [InlineData("Version 10.4.2 and release 1.2.3.4 are out; 127.0.0.1 is home.")]
    [InlineData("Meet me at 7943 2027 Prospect Street")]
    [InlineData("999.1.1.1 is no address, nor is 1.2.3")]
    [InlineData("user@host has no domain, @mention neither")]
    [InlineData("000-12-3456 was never given")]
    [InlineData("The password is strong.")]
    [InlineData("ratio 10:20:30, hex dead:beef")]
    [InlineData("The id is 550e8400-e29b-41d4-a716-446655440000.")]
    [InlineData("0000 0000 0000 0000")]
    public void Scan_LookAlikes_FindsNothing(string text) => Assert.Empty(PrivacyScanner.Scan(new AnalysedText(text)));

    [Fact]
    public void Scan_OffsetsCountUtf16Units()
    {
        const string Text = "\U0001F600\U0001F600 ann@example.org";
        Finding finding = Assert.Single(PrivacyScanner.Scan(new AnalysedText(Text)));
        Assert.Equal((5, 20), (finding.Start, finding.End));
    }

    [Fact]
    public void Scan_ClippedAnswer_GivesOffsetsOfTheWhole()
    {
        string text = string.Concat(Enumerable.Repeat("word ", 20_000)) + "ann@example.org.";
        Finding finding = Assert.Single(PrivacyScanner.Scan(new AnalysedText(text)));
        Assert.Equal("ann@example.org", text[finding.Start..finding.End]);
    }

    [Fact]
    public void Evaluate_Finding_ScoresZeroAndCarriesNoText()
    {
        DimensionScore score = new PrivacyCheck().Score("write to ann@example.org")!;
        Assert.Equal(0.0, score.Score);
        Assert.Equal(["EMAIL"], score.Reasons);
    }

    [Fact]
    public void Scan_ThousandsOfFindings_AreBounded()
    {
        string text = string.Concat(Enumerable.Repeat("a@example.org ", 2_000));
        Assert.Equal(PrivacyScanner.FindingsMax, PrivacyScanner.Scan(new AnalysedText(text)).Count);
    }
}
