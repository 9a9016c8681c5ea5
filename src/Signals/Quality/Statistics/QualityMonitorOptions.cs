namespace Grainwatch.Signals.Quality.Statistics;

/// <summary>How a <see cref="QualityMonitor"/> decides, and its bounds.</summary>
public sealed record QualityMonitorOptions
{
    public static QualityMonitorOptions Default { get; } = new();

    /// <summary>Allowed false alarms of one question about one stream, a day. The default is 0.1; must be positive.</summary>
    public double FalseAlarmsADay { get; init; } = 0.1;

    /// <summary>Expected time between two judged answers before any was seen. The default is 30 s.</summary>
    public TimeSpan PriorSpacing { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How much time of observation that expectation weighs. The default is one hour.</summary>
    public TimeSpan PriorWeight { get; init; } = TimeSpan.FromHours(1);

    /// <summary>No answer may be drawn with less; scores below it are rejected. The default is 0.001.</summary>
    public double ProbabilityFloor { get; init; } = 0.001;

    /// <summary>Above this share of unknown answers an alarm needs both ends. The default is 0.05.</summary>
    public double UnknownShareMax { get; init; } = 0.05;

    /// <summary>Known answers before "no" is an answer. The default is 30.</summary>
    public int KnownMin { get; init; } = 30;

    /// <summary>A of the detector that ends an alarm: one false end in this many answers at most. The default is 100.</summary>
    public double RecoveryLevel { get; init; } = 100;

    /// <summary>How far beyond the threshold the fault must be disproved. The default is 0.02.</summary>
    public double RecoveryMargin { get; init; } = 0.02;

    /// <summary>Known answers in a reference at least. The default is 200.</summary>
    public int ReferenceKnownMin { get; init; } = 200;

    /// <summary>A reference that holds more than half of this many is closed. The default is 3,200.</summary>
    public int ReferenceKnownMax { get; init; } = 3200;

    /// <summary>Length of a reference at least. The default is 30 minutes.</summary>
    public TimeSpan ReferenceSpanMin { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>A fall from the reference that nobody minds. The default is 0.02.</summary>
    public double Delta { get; init; } = 0.02;

    /// <summary>Answers that an estimate is made of. The default is 400.</summary>
    public int AnswersMax { get; init; } = 400;

    /// <summary>Streams (entity and dimension) that are kept at most. The default is 4,096.</summary>
    public int StreamsMax { get; init; } = 4096;
}
