using System.Threading.RateLimiting;
using Grainwatch.Gateway.Security.Keys;
using Microsoft.Extensions.Options;

namespace Grainwatch.Gateway.Security.Limits;

/// <summary>How many requests, and how many bytes to the doors, a caller may send in a second; twice as much at once.</summary>
/// <remarks>
/// A limiter for each key, of which there are at most <see cref="SecurityOptions.KeysMax"/>; one for all who say nothing of themselves; and
/// <see cref="TokenParts"/> for the holders of tokens, who are dealt out by a hash of the name, so that an identity provider with a million
/// names cannot make a million limiters. Two names may share one. The framework lets go of those that are idle.
/// </remarks>
internal sealed class CallerLimits : IDisposable
{
    /// <summary>Limiters for the holders of tokens.</summary>
    public const int TokenParts = 1024;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly SecurityOptions _options;
    private readonly KeyRing _keys;
    private readonly PartitionedRateLimiter<HttpContext> _bytes;

    public CallerLimits(IOptions<SecurityOptions> options, KeyRing keys)
    {
        _options = options.Value;
        _keys = keys;
        Requests = Create(RequestsOf);
        _bytes = Create(BytesOf);
    }

    /// <summary>One permit a request.</summary>
    public PartitionedRateLimiter<HttpContext> Requests { get; }

    /// <summary>What of the bytes of a caller is bounded: 0: nothing.</summary>
    public int BytesOf(HttpContext context) => Caller.IdOf(context.User) is var id && id == Caller.Anonymous ? 0
        : _keys.LineOf(id)?.BytesPerSecond ?? _options.IngestBytesPerSecond;

    /// <summary>Takes the bytes of a body. One that is longer than two seconds' worth counts as that, so that it may come at all.</summary>
    public RateLimitLease TakeBytes(HttpContext context, long bytes, int perSecond) =>
        _bytes.AttemptAcquire(context, (int)Math.Min(bytes, Burst(perSecond)));

    public void Dispose()
    {
        Requests.Dispose();
        _bytes.Dispose();
    }

    /// <summary>Requests a second; 0: any number.</summary>
    public int RequestsOf(HttpContext context) => Caller.IdOf(context.User) is var id && id == Caller.Anonymous
        ? _options.AnonymousRequestsPerSecond
        : _keys.LineOf(id)?.RequestsPerSecond ?? _options.RequestsPerSecond;

    private static PartitionedRateLimiter<HttpContext> Create(Func<HttpContext, int> perSecond) =>
        PartitionedRateLimiter.Create<HttpContext, string>(context =>
        {
            string part = PartOf(Caller.IdOf(context.User));
            int rate = perSecond(context);
            return rate == 0 ? RateLimitPartition.GetNoLimiter(part) : RateLimitPartition.GetTokenBucketLimiter(part, _ =>
                new TokenBucketRateLimiterOptions
                {
                    TokenLimit = Burst(rate), TokensPerPeriod = rate, ReplenishmentPeriod = Second, QueueLimit = 0, AutoReplenishment = false,
                });
        });

    // The hash differs from process to process, so nobody can choose a name that lands beside another.
    internal static string PartOf(string callerId) => callerId.StartsWith("jwt:", StringComparison.Ordinal)
        ? $"jwt:{(uint)callerId.GetHashCode(StringComparison.Ordinal) % TokenParts}"
        : callerId;

    private static int Burst(int perSecond) => (int)Math.Min(2L * perSecond, int.MaxValue);
}
