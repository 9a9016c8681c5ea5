using Grainwatch.Signals.Quality;

namespace Grainwatch.Signals.Tests.Quality.Statistics;

/// <summary>
/// Traffic whose sampling does all that a sampler may do: strata of different quality with probabilities of their own,
/// and more sampling after bad answers were seen.
/// </summary>
internal sealed class StreamSimulation(int seed)
{
    public const double ProbabilityMin = 0.1;
    public const int ArrivalsADay = 12_000;

    private const double HardShare = 0.3;
    private const double HardPenalty = 0.07;
    private const double EasyBonus = HardPenalty * HardShare / (1 - HardShare);
    private const int AlertAnswers = 20;

    private readonly Random _random = new(seed);
    private int _alert;

    /// <summary>Arrivals so far.</summary>
    public long Arrivals { get; private set; }

    /// <summary>The next answer that is drawn, from a process whose mean is as given.</summary>
    public QualityScore Next(double mean)
    {
        while (true)
        {
            Arrivals++;
            bool hard = _random.NextDouble() < HardShare;
            double probability = Math.Min(1, (hard ? 0.3 : ProbabilityMin) * (_alert > 0 ? 2 : 1));
            double score = Answers.Bernoulli(_random, hard ? mean - HardPenalty : mean + EasyBonus);
            if (_random.NextDouble() >= probability)
            {
                continue;
            }

            _alert = score < 1 ? AlertAnswers : Math.Max(0, _alert - 1);
            return Answers.Score(Arrivals * (86_400.0 / ArrivalsADay), score, probability);
        }
    }
}
