using Grainwatch.Signals.Alerts;
using Grainwatch.Signals.Ports;

namespace Grainwatch.Grains.Telemetry;

/// <summary>Counts the attempts of a publisher by what became of them.</summary>
internal sealed class MeteredPublisher(IAlertPublisher publisher, GrainInstruments instruments) : IAlertPublisher
{
    public string Kind => publisher.Kind;

    public async Task<PublishResult> PublishAsync(OutgoingMessage message, string? target, CancellationToken cancellationToken)
    {
        PublishAnswer answer = PublishAnswer.None;
        try
        {
            PublishResult result = await publisher.PublishAsync(message, target, cancellationToken);
            answer = result.Answer;
            return result;
        }
        finally
        {
            instruments.Attempted(Kind, answer.ToString());
        }
    }
}
