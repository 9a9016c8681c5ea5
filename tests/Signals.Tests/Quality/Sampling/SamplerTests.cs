using System.Text.Json;
using CsCheck;
using Grainwatch.Signals.Quality.Sampling;
using Grainwatch.Signals.Tests.Drift;

namespace Grainwatch.Signals.Tests.Quality.Sampling;

public sealed class SamplerTests
{
    private static readonly byte[] Secret = [1, 2, 3, 4, 5, 6, 7, 8];
    private static readonly Timestamp Start = Timestamp.Parse("2026-03-02T00:00:00Z");

    private static readonly string?[] FinishReasons = ["stop", "length", null];

    private static readonly Gen<SamplingRequest> AnyRequest = Gen.Select(
        Gen.Int[0, 400], Gen.Int[0, 20_000], Gen.Bool, Gen.Int[0, 2].Select(i => FinishReasons[i]), Gen.Bool, Gen.Double[0, 1],
        (id, seconds, stress, finish, failed, score) => new SamplingRequest($"r{id}", At(seconds), stress, finish, failed, score));

    [Fact]
    public void Decide_AnyTraffic_NeverSpendsMoreThanTheBudgetOfAnHour() =>
        Gen.Select(AnyRequest.Array[1, 300], Gen.Long[0, 60_000], Gen.Long[0, 300_000]).Sample(
            (requests, tokens, micros) =>
            {
                SamplingPolicy policy = SamplingPolicy.Default with { TokensAnHour = tokens, MicrosAnHour = micros, IdsMax = 50 };
                Sampler sampler = NewSampler(policy);
                Dictionary<Timestamp, long> taken = [];
                Timestamp latest = Timestamp.MinValue;
                foreach (SamplingRequest request in requests)
                {
                    SamplingDecision decision = sampler.Decide(request);
                    if (!decision.Repeated)
                    {
                        latest = Timestamp.Max(latest, request.Time.Floor(TimeSpan.FromHours(1)));
                    }

                    if (decision is { Outcome: SamplingOutcome.Taken, Repeated: false })
                    {
                        taken[latest] = taken.GetValueOrDefault(latest) + 1;
                    }

                    Assert.True(sampler.TokensReserved <= tokens);
                    Assert.True(sampler.MicrosReserved <= micros);
                    Assert.True(decision.Outcome == SamplingOutcome.Paused
                        ? decision.Probability == 0
                        : decision.Probability >= policy.ProbabilityMin && decision.Probability <= policy.ProbabilityOf(decision.Stratum));
                }

                Assert.All(taken.Values, n => Assert.True(n * policy.TokensPerAnswer <= tokens && n * policy.MicrosPerAnswer <= micros));
            },
            iter: Steps.Of(300));

    [Fact]
    public void Decide_RepeatedId_ReturnsWhatWasDecidedAndReservesNothing() =>
        AnyRequest.Array[1, 100].Sample(
            requests =>
            {
                Sampler sampler = NewSampler(SamplingPolicy.Default);
                foreach (SamplingRequest request in requests)
                {
                    SamplingDecision first = sampler.Decide(request);
                    long reserved = sampler.TokensReserved;
                    SamplingDecision again = sampler.Decide(request with { Failed = !request.Failed, LowestDeterministicScore = 0 });
                    Assert.Equal(first with { Repeated = true }, again);
                    Assert.Equal(reserved, sampler.TokensReserved);
                }
            },
            iter: Steps.Of(100));

    [Fact]
    public void Decide_ForgottenIds_AreBounded()
    {
        Sampler sampler = NewSampler(SamplingPolicy.Default with { IdsMax = 10 });
        for (int i = 0; i < 1000; i++)
        {
            sampler.Decide(Ordinary($"r{i}", i));
        }

        Assert.Equal(10, sampler.Save().Remembered.Length);
        Assert.True(sampler.Decide(Ordinary("r995", 1000)).Repeated);
        Assert.False(sampler.Decide(Ordinary("r5", 1000)).Repeated);
    }

    [Theory]
    [InlineData(0.2, "length", true, SamplingStratum.LowDeterministicScore)]
    [InlineData(0.9, "length", true, SamplingStratum.ErrorOrTruncated)]
    [InlineData(0.9, "stop", true, SamplingStratum.UnderStress)]
    [InlineData(null, null, false, SamplingStratum.Normal)]
    public void Stratum_SeveralFit_TheHighestCounts(double? score, string? finish, bool stress, SamplingStratum expected) =>
        Assert.Equal(expected, new SamplingRequest("r", Start, stress, finish, false, score).Stratum(0.5));

    [Fact]
    public void Decide_AmpleBudget_DrawsAsOftenAsTheStratumAsks()
    {
        const long Ample = long.MaxValue / 2;
        SamplingPolicy policy = SamplingPolicy.Default with { TokensAnHour = Ample, MicrosAnHour = Ample, IdsMax = 1 };
        Sampler sampler = NewSampler(policy);
        int taken = Enumerable.Range(0, 20_000).Count(i => sampler.Decide(Ordinary($"q{i}", i)).Outcome == SamplingOutcome.Taken);
        Assert.InRange(taken, 900, 1100);
    }

    [Fact]
    public void Decide_TightBudget_SpreadsItOverTheHourThenPauses()
    {
        SamplingPolicy policy = SamplingPolicy.Default with
        {
            Normal = 1, UnderStress = 1, ErrorOrTruncated = 1, LowDeterministicScore = 1,
            TokensAnHour = 60 * SamplingPolicy.Default.TokensPerAnswer,
            PriorArrivalsAnHour = 3600,
        };
        Sampler sampler = NewSampler(policy);
        int[] takenByQuarter = new int[4];
        for (int i = 0; i < 3600; i++)
        {
            takenByQuarter[i / 900] += sampler.Decide(Ordinary($"q{i}", i)).Outcome == SamplingOutcome.Taken ? 1 : 0;
        }

        Assert.All(takenByQuarter, n => Assert.InRange(n, 5, 30));
        Assert.InRange(takenByQuarter.Sum(), 45, 60);
    }

    [Fact]
    public void Decide_NothingLeft_IsPausedUntilTheNextHour()
    {
        SamplingPolicy policy = SamplingPolicy.Default with
        {
            Normal = 1,
            TokensAnHour = SamplingPolicy.Default.TokensPerAnswer,
            PriorArrivalsAnHour = 1,
        };
        Sampler sampler = NewSampler(policy);
        int i = 0;
        while (!sampler.Paused)
        {
            sampler.Decide(Ordinary($"r{i++}", 60));
        }

        Assert.Equal(SamplingOutcome.Paused, sampler.Decide(Ordinary("late", 61)).Outcome);
        Assert.NotEqual(SamplingOutcome.Paused, sampler.Decide(Ordinary("next", 3601)).Outcome);
    }

    [Fact]
    public void Fraction_OtherSecretDomainOrId_IsAnotherDraw()
    {
        double one = Sampler.Fraction(Secret, "judge", "r1");
        Assert.InRange(one, 0, 1);
        Assert.Equal(one, Sampler.Fraction(Secret, "judge", "r1"));
        Assert.NotEqual(one, Sampler.Fraction([9, .. Secret], "judge", "r1"));
        Assert.NotEqual(one, Sampler.Fraction(Secret, "canary", "r1"));
        Assert.NotEqual(Sampler.Fraction(Secret, "a:b", "c"), Sampler.Fraction(Secret, "a", "b:c"));
    }

    [Fact]
    public void Restore_AnyMoment_DecidesAsIfNothingHadHappened() =>
        AnyRequest.Array[2, 200].Sample(
            requests =>
            {
                Sampler through = NewSampler(SamplingPolicy.Default);
                Sampler cutting = NewSampler(SamplingPolicy.Default);
                for (int i = 0; i < requests.Length; i++)
                {
                    if (i == requests.Length / 2)
                    {
                        string stored = JsonSerializer.Serialize(cutting.Save());
                        cutting = Sampler.Restore(SamplingPolicy.Default, Secret, "judge", JsonSerializer.Deserialize<SamplerState>(stored)!);
                    }

                    Assert.Equal(through.Decide(requests[i]), cutting.Decide(requests[i]));
                }
            },
            iter: Steps.Of(50));

    [Fact]
    public void Validate_ImpossiblePolicy_NamesEveryFault() =>
        Assert.Equal(3, (SamplingPolicy.Default with { Normal = 2, TokensAnHour = -1, IdsMax = 0 }).Validate().Count);

    private static Timestamp At(int seconds) => Start + TimeSpan.FromSeconds(seconds);

    private static SamplingRequest Ordinary(string id, int seconds) => new(id, At(seconds), false, "stop", false, 1);

    private static Sampler NewSampler(SamplingPolicy policy) => new(policy, Secret, "judge");
}
