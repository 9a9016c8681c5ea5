using Grainwatch.Signals.Metrics;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Signals.Alerts;

/// <summary>
/// Remembers fingerprints: every verdict is folded under its own, and hashing it again costs more than the rest of the
/// fold. Not thread-safe: one desk, one memo.
/// </summary>
internal sealed class FingerprintMemo
{
    /// <summary>Beyond this all are forgotten; more than the alerts of one endpoint.</summary>
    private const int Max = 16_384;

    private readonly Dictionary<(string Rule, EntityId Entity, LabelSet Residual), string> _known = [];

    public string Of(string ruleId, EntityId entity, LabelSet residual)
    {
        if (_known.TryGetValue((ruleId, entity, residual), out string? fingerprint))
        {
            return fingerprint;
        }

        if (_known.Count >= Max)
        {
            _known.Clear();
        }

        return _known[(ruleId, entity, residual)] = AlertIdentity.Fingerprint(ruleId, entity, residual);
    }
}
