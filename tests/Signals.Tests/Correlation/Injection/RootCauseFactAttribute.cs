namespace Grainwatch.Signals.Tests.Correlation.Injection;

/// <summary>
/// A fact that needs the development data: the environment variable GRAINWATCH_DATA names their folder. Without it the
/// test is reported as skipped, never as passed.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RootCauseFactAttribute : FactAttribute
{
    public RootCauseFactAttribute()
    {
        if (RootCauseData.Folder is null)
        {
            Skip = "GRAINWATCH_DATA does not name a folder with rootcause/low_traffic and rootcause/high_traffic";
        }
    }
}
