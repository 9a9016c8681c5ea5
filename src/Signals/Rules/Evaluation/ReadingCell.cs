namespace Grainwatch.Signals.Rules.Evaluation;

/// <summary>What a number read, and in which turn of its frame.</summary>
internal readonly struct ReadingCell(Reading reading, int turn)
{
    private readonly double _value = reading.Value;
    private readonly byte _state = (byte)reading.State;

    public int Turn { get; } = turn;

    public Reading Reading => new(_value, (Truth)_state);
}
