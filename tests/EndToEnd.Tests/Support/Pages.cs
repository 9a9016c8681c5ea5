using System.Text.Json;

namespace Grainwatch.EndToEnd.Tests.Support;

/// <summary>What receivers got, against what incidents there were.</summary>
internal static class Pages
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

    /// <summary>True: it is resolved, and every notification of it has arrived.</summary>
    public static bool IsAtRest(JsonElement incident) => incident.GetProperty("state").GetString() == "resolved"
        && incident.GetProperty("notifications").EnumerateArray().All(n => n.GetProperty("state").GetString() is not ("Pending" or "None" or "RefusedForNow"));

    /// <summary>The notifications of a kind that name an incident.</summary>
    private static IEnumerable<string> Ids(IEnumerable<JsonElement> posts, string incident, string kind) => posts
        .Select(p => p.GetProperty("Grainwatch"))
        .Where(g => g.GetProperty("kind").GetString() == kind && g.GetProperty("incidents").EnumerateArray().Any(i => i.GetProperty("id").GetString() == incident))
        .Select(g => g.GetProperty("id").GetString()!)
        .Distinct();
}
