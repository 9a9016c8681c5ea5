using System.Text.Json;

namespace Grainwatch.EndToEnd.Tests.Cluster;

/// <summary>What receivers got, against what incidents there were.</summary>
internal static class LabPages
{
    /// <summary>Of every incident one FIRING and one RESOLVED, each with one id however often it was sent, and of nothing else.</summary>
    public static void AssertToldOnce(IReadOnlyCollection<JsonElement> incidents, string receiver, IReadOnlyCollection<JsonElement> received)
    {
        foreach (JsonElement incident in incidents)
        {
            string id = incident.GetProperty("id").GetString()!;
            foreach (string kind in (string[])["FIRING", "RESOLVED"])
            {
                string[] ids = [.. Ids(received, id, kind)];
                Assert.True(ids.Length == 1, $"{receiver}: {ids.Length} ids of {kind} of {incident}");
            }
        }

        Assert.Equal(2 * incidents.Count, Distinct(received));
    }

    public static int Distinct(IEnumerable<JsonElement> posts) => posts.Select(p => p.GetProperty("Grainwatch").GetProperty("id").GetString()).Distinct().Count();

    public static async Task EndedAsync(Task task)
    {
        try
        {
            await task;
        }
        catch (OperationCanceledException)
        {
            // It was told to.
        }
    }

    private static IEnumerable<string> Ids(IEnumerable<JsonElement> posts, string incident, string kind) => posts
        .Select(p => p.GetProperty("Grainwatch"))
        .Where(g => g.GetProperty("kind").GetString() == kind && g.GetProperty("incidents").EnumerateArray().Any(i => i.GetProperty("id").GetString() == incident))
        .Select(g => g.GetProperty("id").GetString()!)
        .Distinct();
}
