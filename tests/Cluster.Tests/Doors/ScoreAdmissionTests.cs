using Grainwatch.Grains.Endpoints;
using Grainwatch.Signals;
using Grainwatch.Signals.Quality;
using Grainwatch.Signals.Topology;

namespace Grainwatch.Cluster.Tests.Doors;

public sealed class ScoreAdmissionTests
{
    [Fact]
    public void Admit_BeyondTheBound_RefusesNewStreamsAndKeepsTheOld()
    {
        ScoreAdmission admission = new();
        for (int i = 0; i < ScoreAdmission.MaxStreams; i++)
        {
            Assert.True(admission.Admit(Score($"dimension-{i}")));
        }

        Assert.False(admission.Admit(Score("one-more")));
        Assert.True(admission.Admit(Score("dimension-0")));
    }

    private static QualityScore Score(string dimension) =>
        new(Timestamp.FromUnixSeconds(1_772_000_000), EntityId.ForComponent("chat", "assist"), dimension, 1, 1);
}
