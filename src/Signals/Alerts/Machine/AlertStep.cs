using System.Collections.Immutable;

namespace Grainwatch.Signals.Alerts;

/// <summary>What one step of the machine yields.</summary>
/// <param name="State">The alert afterwards; null: it is deleted.</param>
/// <param name="Effects">In the order in which they are to happen; usually none.</param>
/// <param name="Reason">The branch taken.</param>
/// <param name="IsDurable">True: more than clocks and watermarks changed, so the result must be written.</param>
public readonly record struct AlertStep(AlertInstance? State, ImmutableArray<AlertEffect> Effects, AlertReason Reason, bool IsDurable);
