using Grainwatch.Generator.Engine;
using Grainwatch.Generator.Fleet;
using Grainwatch.Generator.Scenarios;
using Grainwatch.Signals;
using Grainwatch.Signals.Quality;
using Grainwatch.Signals.Replay;

namespace Grainwatch.Generator;

/// <summary>Plays a scenario and collects what its sources sent.</summary>
public sealed class RecordingRun
{
    private const double IntervalSeconds = 10.0;

    private readonly Scenario _scenario;
    private readonly Timestamp _start;
    private readonly FleetModel _fleet;
    private readonly Dictionary<ComponentModel, ComponentTelemetry> _telemetry;
    private readonly Dictionary<ComponentModel, ScoreModel> _scoring;
    private readonly HardwareTelemetry _hardware;

    private RecordingRun(Scenario scenario, ulong seed, Timestamp start)
    {
        _scenario = scenario;
        _start = start;
        _fleet = new FleetModel(scenario.Fleet, seed);
        _telemetry = _fleet.Components.ToDictionary(c => c, c => new ComponentTelemetry(c, Dice.For(seed, "totals " + c.Entity)));
        _scoring = _fleet.Components.ToDictionary(c => c, c => new ScoreModel(c, Dice.For(seed, "scores " + c.Entity)));
        _hardware = new HardwareTelemetry(_fleet, seed);
    }

    public List<MetricRow> Metrics { get; } = [];

    /// <summary>Scores by interval, components in order.</summary>
    public List<QualityScore> Scores { get; } = [];

    public List<(ComponentModel Component, FinishedRequest Answer)> Answers { get; } = [];

    public string TopologyJson => _fleet.TopologyJson();

    /// <summary>Plays the whole scenario.</summary>
    /// <param name="scenario">What happens.</param>
    /// <param name="seed">Of everything random in it.</param>
    /// <param name="start">Event time of its minute 0.</param>
    public static RecordingRun Play(Scenario scenario, ulong seed, Timestamp start)
    {
        RecordingRun run = new(scenario, seed, start);
        run.Play();
        return run;
    }

    public Timestamp At(double seconds) => new(_start.UnixMs + (long)Math.Round(seconds * 1000));

    private void Play()
    {
        int steps = (int)(_scenario.LengthMinutes * 60 / FleetModel.StepSeconds);
        int stepsPerInterval = (int)(IntervalSeconds / FleetModel.StepSeconds);
        Queue<Happening> happenings = new(_scenario.Happenings.OrderBy(h => h.Minute));
        for (int step = 1; step <= steps; step++)
        {
            double now = step * FleetModel.StepSeconds;
            double minute = (now - FleetModel.StepSeconds) / 60;
            _fleet.ResetConditions();
            while (happenings.TryPeek(out Happening? next) && next.Minute <= minute)
            {
                happenings.Dequeue().Apply(_fleet);
            }

            foreach (Effect effect in _scenario.Effects)
            {
                effect.At(minute, _fleet);
            }

            _fleet.Step(now);
            if (step % stepsPerInterval == 0)
            {
                Report(now);
            }
        }

    }

    private void Report(double now)
    {
        Timestamp time = At(now);
        foreach (ComponentModel component in _fleet.Components)
        {
            if (component.Events.Exists(e => e.Metric == "RestartEvent"))
            {
                _telemetry[component].ResetTotals();
            }

            Metrics.AddRange(_telemetry[component].Rows(time, IntervalSeconds));
            Metrics.AddRange(component.Events.Select(e => new MetricRow(time, component.Entity, e.Metric, e.Value)));
            component.Events.Clear();
            foreach (FinishedRequest answer in component.Copies.SelectMany(c => c.Engine.Interval.Finished))
            {
                Answers.Add((component, answer));
                if (_scenario.HasScores)
                {
                    Scores.AddRange(_scoring[component].Of(answer, At(answer.AtSeconds)));
                }
            }
        }

        foreach (EndpointSpec endpoint in _fleet.Endpoints)
        {
            Metrics.AddRange(EndpointTelemetry.Rows(_fleet, endpoint, time));
        }

        Metrics.AddRange(_hardware.Rows(time, IntervalSeconds));
        foreach (CopyModel copy in _fleet.Components.SelectMany(c => c.Copies))
        {
            copy.Engine.Interval.Clear();
        }
    }
}
