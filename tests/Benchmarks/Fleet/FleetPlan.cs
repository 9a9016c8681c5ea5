using Grainwatch.Benchmarks.Load;

namespace Grainwatch.Benchmarks.Fleet;

/// <summary>How much is measured. The defaults are what is promised; --quick is enough to see that it works.</summary>
internal sealed class FleetPlan(Arguments arguments)
{
    private const int TrialsAfterSeconds = 20;
    private readonly bool _isQuick = arguments.Has("--quick");

    public int[] Sizes { get; } = arguments.Numbers("--endpoints", 10, 100, 1000);

    public string Server { get; } = arguments.Text("--server", ServerProcess.DefaultPath);

    /// <summary>Lists the worst endpoints.</summary>
    public string WorstPath { get; } = arguments.Text("--worst", "/api/grainwatch/v1/fleet?order=worst&limit=20");

    /// <summary>Rows of an hour.</summary>
    public int Ticks => arguments.Number("--ticks", 360);

    /// <summary>The door takes points up to ten minutes ahead of its clock.</summary>
    public int JudgedTicks => 54;

    /// <summary>Leaves the true rate and the queries out.</summary>
    public bool IsPagesOnly { get; } = arguments.Has("--pages-only");

    public int Trials => arguments.Number("--trials", _isQuick ? 20 : 300);

    public int DefaultTrials => arguments.Number("--default-trials", _isQuick ? 0 : 5);

    public TimeSpan Spacing { get; } = TimeSpan.FromMilliseconds(200);

    public TimeSpan Idle => TimeSpan.FromSeconds(_isQuick ? 5 : 20);

    public TimeSpan Warm => TimeSpan.FromSeconds(21);

    public TimeSpan TrueRate => TimeSpan.FromSeconds(_isQuick ? 10 : 60);

    public int Queries => _isQuick ? 200 : 2000;

    public int WarmQueries => Queries / 10;

    /// <summary>An endpoint can be tried once in two of its pushes; a shipped rule holds for minutes.</summary>
    public TimeSpan LongestTrials(int endpoints) =>
        TimeSpan.FromSeconds((TrialsAfterSeconds * (1 + (Trials / endpoints))) + 180) + (Spacing * Trials);
}
