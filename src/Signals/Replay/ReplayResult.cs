using Grainwatch.Signals.Monitoring;

namespace Grainwatch.Signals.Replay;

/// <summary>What a replay found: every event in order of (time, type, id), and the sums.</summary>
public sealed record ReplayResult(IReadOnlyList<StoryEvent> Events, ReplaySummary Summary);
