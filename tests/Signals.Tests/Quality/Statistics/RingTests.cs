using CsCheck;
using Grainwatch.Signals.Quality.Statistics;
using Grainwatch.Signals.Tests.Drift;

namespace Grainwatch.Signals.Tests.Quality.Statistics;

public sealed class RingTests
{
    [Fact]
    public void AnswerRing_AnyAnswers_HoldsWhatAListHolds() =>
        Gen.Select(Gen.Int[1, 40], Gen.Select(Gen.Bool, Gen.Double[0, 1], Gen.Double[0.1, 1]).Array[0, 150]).Sample(
            (capacity, answers) =>
            {
                AnswerRing ring = new(capacity);
                List<DrawnAnswer> all = [];
                foreach ((bool known, double score, double probability) in answers)
                {
                    DrawnAnswer answer = new(Answers.At(all.Count), known ? score : null, probability);
                    ring.Add(answer);
                    all.Add(answer);
                    DrawnAnswer[] held = [.. all.TakeLast(capacity)];
                    Assert.Equal(held, ring.Save());
                    Assert.Equal((double)held.Count(a => a.Score is null) / held.Length, ring.UnknownShare);
                    Assert.Equal(held.Min(a => a.Probability), ring.ProbabilityLeast);
                }
            },
            iter: Steps.Of(100));

    [Fact]
    public void CountRing_AnyTimes_SumsWhatADictionarySums() =>
        Gen.Select(Gen.Int[-3000, 3000].Array[1, 100], Gen.Int[1, 20]).Sample(
            (seconds, windowBuckets) =>
            {
                CountRing ring = new(TimeSpan.FromSeconds(10), 30);
                SortedDictionary<long, int> model = [];
                Timestamp now = Timestamp.MinValue;
                foreach (int second in seconds)
                {
                    Timestamp time = new(second * 1000L);
                    bool added = ring.Add(time, new CountBucket(0, 0, 1, 0, 1));
                    long index = time.Floor(TimeSpan.FromSeconds(10)).UnixMs / 10_000;
                    bool tooOld = model.Keys.Any(k => k > index && (k - index) % 30 == 0);
                    Assert.Equal(!tooOld, added);
                    if (added)
                    {
                        model[index] = model.GetValueOrDefault(index) + 1;
                    }

                    now = Timestamp.Max(now, time);
                    long last = now.Floor(TimeSpan.FromSeconds(10)).UnixMs / 10_000;
                    int expected = model.Where(m => m.Key > last - windowBuckets && m.Key <= last).Sum(m => m.Value);
                    Assert.Equal(expected, ring.Sum(TimeSpan.FromSeconds(10 * windowBuckets), now).Drawn);
                }
            },
            iter: Steps.Of(100));
}
