using Grainwatch.Signals.Monitoring;

namespace Grainwatch.Grains.Endpoints.Handover;

/// <summary>What an <see cref="EndpointIntake"/> has to remember.</summary>
internal sealed record IntakeState(SourceDecoderState Decoder, DeltaEntry[] Deltas);
