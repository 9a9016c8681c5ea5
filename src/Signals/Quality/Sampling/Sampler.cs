using System.Security.Cryptography;
using System.Text;

namespace Grainwatch.Signals.Quality.Sampling;

/// <summary>Decides, once per request id, whether the judge sees an answer.</summary>
/// <remarks>
/// <para>
/// The budget acts before the draw: p is the probability of the stratum, or what is left of the hour's budget divided by
/// the answers still expected in the hour if that is less, but at least pMin. It is fixed before the answer is looked at,
/// so its inverse is an honest weight. An answer reserves the same cost whatever its length, for else the budget would
/// shut out the long ones first. When the budget cannot pay for one more answer the stream is paused, which is a state
/// with a name; so spending never exceeds the budget.
/// </para>
/// <para>
/// The draw is HMAC-SHA-256 under a secret of the cluster of a domain and the request id, read as a fraction: whoever
/// chooses request ids cannot choose what is judged, and any silo decides alike. A repeated id gets the first
/// decision, as long as it is remembered; an id that was forgotten draws the same fraction against today's p.
/// </para>
/// </remarks>
public sealed class Sampler
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>Weight of the expectation from earlier hours, as a part of an hour.</summary>
    private const double PriorHours = 1.0 / 6;

    private readonly SamplingPolicy _policy;
    private readonly byte[] _secret;
    private readonly string _domain;
    private readonly Dictionary<string, SamplingDecision> _decided = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();
    private Timestamp _hour = Timestamp.MinValue;
    private long _arrivals;
    private double _rateAnHour;

    /// <param name="policy">Probabilities and budgets.</param>
    /// <param name="secret">The cluster's secret.</param>
    /// <param name="domain">What the draw is for: one domain's draws say nothing about another's.</param>
    public Sampler(SamplingPolicy policy, ReadOnlySpan<byte> secret, string domain)
    {
        Invariant.Require(policy.Validate().Count == 0);
        _policy = policy;
        _secret = secret.ToArray();
        _domain = domain;
        _rateAnHour = policy.PriorArrivalsAnHour;
    }

    /// <summary>Tokens reserved in the current hour.</summary>
    public long TokensReserved { get; private set; }

    /// <summary>Millionths of the currency unit reserved in the current hour.</summary>
    public long MicrosReserved { get; private set; }

    /// <summary>Whether the budget of the current hour cannot pay for one more answer.</summary>
    public bool Paused => AffordableAnswers < 1;

    private long AffordableAnswers
    {
        get
        {
            long byTokens = (_policy.TokensAnHour - TokensReserved) / _policy.TokensPerAnswer;
            long byMoney = _policy.MicrosPerAnswer == 0
                ? long.MaxValue
                : (_policy.MicrosAnHour - MicrosReserved) / _policy.MicrosPerAnswer;
            return Math.Min(byTokens, byMoney);
        }
    }

    public SamplingDecision Decide(in SamplingRequest request)
    {
        if (_decided.TryGetValue(request.Id, out SamplingDecision before))
        {
            return before with { Repeated = true };
        }

        TurnTo(request.Time);
        SamplingStratum stratum = request.Stratum(_policy.LowScore);
        SamplingDecision decision = Draw(request, stratum);
        _arrivals++;
        Remember(request.Id, decision);
        return decision;
    }

    /// <summary>What the draw compares with p: a number in [0, 1) that follows from the secret, the domain and the id.</summary>
    public static double Fraction(ReadOnlySpan<byte> secret, string domain, string requestId)
    {
        // The length of the domain is part of the message, so that no two pairs of domain and id share one.
        byte[] message = Encoding.UTF8.GetBytes($"{domain.Length}:{domain}:{requestId}");
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(secret, message, hash);
        ulong top = System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(hash) >> 11;
        return top * (1.0 / (1UL << 53));
    }

    public SamplerState Save() => new(
        _hour, TokensReserved, MicrosReserved, _arrivals, _rateAnHour,
        [.. _order.Select(id => KeyValuePair.Create(id, _decided[id]))]);

    public static Sampler Restore(SamplingPolicy policy, ReadOnlySpan<byte> secret, string domain, SamplerState state)
    {
        Sampler sampler = new(policy, secret, domain)
        {
            TokensReserved = state.TokensReserved,
            MicrosReserved = state.MicrosReserved,
        };
        sampler._hour = state.Hour;
        sampler._arrivals = state.Arrivals;
        sampler._rateAnHour = state.RateAnHour;
        foreach ((string id, SamplingDecision decision) in state.Remembered)
        {
            sampler.Remember(id, decision);
        }

        return sampler;
    }

    private SamplingDecision Draw(in SamplingRequest request, SamplingStratum stratum)
    {
        long affordable = AffordableAnswers;
        if (affordable < 1)
        {
            return new SamplingDecision(SamplingOutcome.Paused, 0, stratum, Repeated: false);
        }

        double share = affordable / ExpectedArrivals(request.Time);
        double p = Math.Clamp(Math.Min(_policy.ProbabilityOf(stratum), share), _policy.ProbabilityMin, 1);
        if (Fraction(_secret, _domain, request.Id) >= p)
        {
            return new SamplingDecision(SamplingOutcome.LeftOut, p, stratum, Repeated: false);
        }

        TokensReserved += _policy.TokensPerAnswer;
        MicrosReserved += _policy.MicrosPerAnswer;
        return new SamplingDecision(SamplingOutcome.Taken, p, stratum, Repeated: false);
    }

    /// <summary>This arrival and those still to come in the hour. A late one counts as of now: time does not run back.</summary>
    private double ExpectedArrivals(Timestamp time)
    {
        double elapsed = Math.Clamp((time - _hour) / Hour, 0, 1);
        double rate = (_arrivals + (_rateAnHour * PriorHours)) / (elapsed + PriorHours);
        return Math.Max(1, rate * (1 - elapsed));
    }

    private void TurnTo(Timestamp time)
    {
        Timestamp hour = time.Floor(Hour);
        if (hour <= _hour)
        {
            return;
        }

        if (_hour != Timestamp.MinValue)
        {
            // An hour in which nothing came teaches nothing about an hour in which something comes.
            _rateAnHour = Math.Max(1, _arrivals);
        }

        _hour = hour;
        _arrivals = 0;
        TokensReserved = 0;
        MicrosReserved = 0;
    }

    private void Remember(string id, in SamplingDecision decision)
    {
        if (_order.Count >= _policy.IdsMax)
        {
            _decided.Remove(_order.Dequeue());
        }

        _decided.Add(id, decision with { Repeated = false });
        _order.Enqueue(id);
    }
}
