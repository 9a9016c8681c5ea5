using System.Globalization;
using Grainwatch.Gateway.Fleet;
using Grainwatch.Gateway.Incidents;
using Grainwatch.Gateway.OpenApi;
using Grainwatch.Gateway.Security.Scopes;
using Grainwatch.Grains.Interfaces.Views;

namespace Grainwatch.Gateway.Pages;

/// <summary>The pages at <c>/</c> and <c>/incidents/{id}</c>: plain HTML without script, for whoever opens the link of a page.</summary>
public static class PageRoutes
{
    private const int RefreshSeconds = 10;
    private const int MaxEndpoints = 500;
    private const int MaxIncidents = 50;

    public static void MapPages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", FleetAsync).Needs(Scope.Read).WithSummary("The fleet as a page for people.").Produces<string>(
            StatusCodes.Status200OK, "text/html");
        routes.MapGet("/incidents/{id}", IncidentAsync).Needs(Scope.Read).WithSummary("One incident as a page for people.")
            .Produces<string>(StatusCodes.Status200OK, "text/html").ProducesReadProblems();
    }

    private static async Task<IResult> FleetAsync(HttpContext context, FleetReader fleet, IncidentReader incidents,
        CancellationToken cancellationToken)
    {
        IReadOnlyList<FleetLine> lines = await fleet.ListAsync(cancellationToken);
        IReadOnlyList<IncidentView> open = await incidents.ListAsync(lines.Where(l => l.OpenIncidents > 0), cancellationToken);
        Html page = Html.Page("Fleet", RefreshSeconds).Element("h1", "Fleet");
        page.Element("h2", "Open incidents");
        List<IncidentView> shown = [.. open.Where(i => i.State == "open").OrderByDescending(i => i.OpenedAt).Take(MaxIncidents)];
        if (shown.Count == 0)
        {
            page.Element("p", "None.", "quiet");
        }
        else
        {
            page.Head("Severity", "Incident", "Pattern", "Since");
            foreach (IncidentView incident in shown)
            {
                page.Tag("tr").Element("td", incident.Severity, incident.Severity).Tag("td").Link(
                    $"/incidents/{Uri.EscapeDataString(incident.Id)}", incident.Title).Tag("/td")
                    .Element("td", incident.Pattern).Element("td", Html.Time(incident.Onset)).Tag("/tr");
            }

            page.EndTable();
        }

        page.Element("h2", "Endpoints");
        if (lines.Count == 0)
        {
            return page.Element("p", "No endpoint has sent anything yet.", "quiet").ToResult(context);
        }

        page.Head("Endpoint", "State", "Components", "GPUs", "Series", "Rules that hold", "Newest data");
        foreach (FleetLine line in lines.OrderByDescending(l => l.OpenIncidents > 0).ThenBy(
            l => l.Key, StringComparer.Ordinal).Take(MaxEndpoints))
        {
            page.Tag("tr").Tag("td").Link($"/api/grainwatch/v1/endpoints/{Uri.EscapeDataString(line.Endpoint)}", line.Endpoint).Tag("/td")
                .Element("td", line.Severity is null ? "no incident" : $"{line.OpenIncidents} open, {line.Severity}",
                    line.Severity ?? "quiet")
                .Element("td", Number(line.Components), "n").Element("td", Number(line.Gpus), "n").Element("td", Number(line.Series), "n")
                .Element("td", Number(line.TrueVerdicts), "n").Element(
                    "td", $"{Html.Time(line.AsOf)}{(line.Clock == "recorded" ? ", recorded" : "")}").Tag("/tr");
        }

        page.EndTable();
        return (lines.Count > MaxEndpoints ? page.Element("p", $"{lines.Count - MaxEndpoints} more are not shown.", "quiet")
            : page).ToResult(context);
    }

    private static async Task<IResult> IncidentAsync(string id, HttpContext context, IncidentReader incidents,
        CancellationToken cancellationToken)
    {
        IncidentView incident = (await incidents.FindAsync(id, cancellationToken)).Incident;
        Html page = Html.Page(incident.Title, incident.State == "open" ? RefreshSeconds : null);
        page.Tag("p").Link("/", "Fleet").Tag("/p").Element("h1", incident.Title)
            .Element("p", $"{incident.Severity}: {incident.State}, {incident.Pattern}", incident.Severity)
            .Element("p", incident.Summary)
            .Element("p", $"Began {Html.Time(incident.Onset)}, opened {Html.Time(incident.OpenedAt)}"
                + (incident.ResolvedAt is { } end ? $", resolved {Html.Time(end)}."
                    : $", told last {Html.Time(incident.UpdatedAt)}."), "quiet");
        page.Element("h2", "Probable causes");
        foreach (CauseView cause in incident.Causes)
        {
            string sure = cause.Confidence is { } confidence ? string.Create(
                CultureInfo.InvariantCulture, $", confidence {confidence:0.00}") : "";
            page.Element("h3", string.Create(CultureInfo.InvariantCulture,
                $"{cause.Rank}. {cause.Entity}: {cause.Metric} (score {cause.Score:0.00}{sure}, {cause.LeadSeconds:0} s ahead)"));
            page.List(cause.Evidence);
            if (cause.Against.Length > 0)
            {
                page.Element("p", "Against it:").List(cause.Against);
            }
        }

        if (incident.Causes.Length == 0)
        {
            page.Element("p", "None could be named.", "quiet");
        }

        if (incident.RuledOut.Length > 0)
        {
            page.Element("h2", "Ruled out").List(incident.RuledOut);
        }

        page.Element("h2", "Alerts that it explains").Head("Rule", "Entity", "State", "Since", "Evidence");
        foreach (MemberView member in incident.Members)
        {
            page.Tag("tr").Element("td", member.Rule).Element("td", member.Entity).Element("td", member.State)
                .Element("td", Html.Time(member.Since)).Element("td", member.Evidence).Tag("/tr");
        }

        page.EndTable().Element("h2", "Notifications").Head("Time", "Kind", "Reason", "Receiver", "State", "Subject");
        foreach (NotificationView notification in incident.Notifications)
        {
            page.Tag("tr").Element("td", Html.Time(notification.Time)).Element("td", notification.Kind).Element("td", notification.Reason)
                .Element("td", notification.Receiver).Element("td", notification.State).Element("td", notification.Subject).Tag("/tr");
        }

        return page.EndTable().Element("p", $"Incident {incident.Id}", "quiet").ToResult(context);
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
