using System.Text;
using System.Text.Json;
using Grainwatch.Signals.Alerts;

namespace Grainwatch.Signals.Tests.Alerts.Simulation;

/// <summary>One item under an etag. It can be down, and it can lose the answer to a write that it carried out.</summary>
internal sealed class FakeStore(Random random, EndpointAlertsState empty)
{
    public bool IsDown { get; set; }

    /// <summary>True: it answers every write that it carries out.</summary>
    public bool IsKind { get; set; }

    public long Etag { get; private set; }

    public EndpointAlertsState State { get; private set; } = empty;

    public Shadow Shadow { get; private set; } = Shadow.Empty;

    /// <returns>True: written. False: another wrote. Null: refused, nothing is written.</returns>
    public bool? Write(EndpointAlertsState state, Shadow shadow, long etag)
    {
        if (IsDown)
        {
            return null;
        }

        if (etag != Etag)
        {
            return false;
        }

        EndpointAlertsState head = state.ToHead();
        State = random.Next(64) == 0 ? RoundTrip(head) : head;
        Shadow = shadow;
        Etag++;
        return IsKind || random.Next(200) != 0;
    }

    public void Wipe()
    {
        State = EndpointAlertsState.Empty(State.Endpoint);
        Shadow = Shadow.Empty;
        Etag++;
    }

    private static EndpointAlertsState RoundTrip(EndpointAlertsState head)
    {
        string json = JsonSerializer.Serialize(head, AlertJson.Options);
        EndpointAlertsState back = JsonSerializer.Deserialize<EndpointAlertsState>(json, AlertJson.Options)!;
        Properties.Require(json == JsonSerializer.Serialize(back, AlertJson.Options), "Json", "a state does not survive being written");
        int bytes = Encoding.UTF8.GetByteCount(json);
        Properties.Require(StateSize.Of(head) >= bytes, "Size", $"{bytes} bytes were estimated as {StateSize.Of(head)}");
        return back;
    }
}
