using System.Text.RegularExpressions;
using System.Xml.Linq;
using Grainwatch.Signals.Rules;

namespace Grainwatch.Signals.Tests.Architecture;

/// <summary>Rules of style that matter are tests, not sentences.</summary>
public sealed partial class TidyTests
{
    private const int MaxFileLines = 400;

    [Fact]
    public void Files_OfSrc_StayBelow400Lines() =>
        Assert.DoesNotContain(Repository.Sources("src"), f => File.ReadLines(f).Count() > MaxFileLines);

    [Fact]
    public void Sources_HoldNoUnfinishedWork() =>
        Assert.DoesNotContain(Repository.Sources("src"), f => Unfinished().IsMatch(File.ReadAllText(f)));

    [Fact]
    public void Sources_OfTheCore_KnowNoClusterCloudOrContainer() =>
        Assert.DoesNotContain(Repository.Sources(Path.Combine("src", "Signals")), f => Outside().IsMatch(File.ReadAllText(f)));

    [Fact]
    public void PublicTypes_OfTheCore_AreDocumented()
    {
        string documentation = Path.ChangeExtension(typeof(RuleSet).Assembly.Location, ".xml");
        HashSet<string> documented = [.. XDocument.Load(documentation).Descendants("member")
            .Where(m => m.Element("summary") is not null || m.Element("inheritdoc") is not null)
            .Select(m => m.Attribute("name")!.Value)];
        Assert.Empty(typeof(RuleSet).Assembly.GetExportedTypes()
            .Where(t => !t.IsNested && !documented.Contains($"T:{t.FullName}"))
            .Select(t => t.FullName));
    }

    [Fact]
    public void Folders_OfTheCore_AreNamedInTheArchitecture()
    {
        string architecture = File.ReadAllText(Repository.At("docs", "architecture.md"));
        IEnumerable<string> rooms = Directory.GetDirectories(Repository.At("src", "Signals")).Select(d => Path.GetFileName(d)!).Where(d => d is not ("bin" or "obj"));
        Assert.All(rooms, room => Assert.Contains($"`{room}`", architecture, StringComparison.Ordinal));
    }

    [GeneratedRegex("NotImplementedException|\\b(TODO|FIXME|HACK)\\b|\\basync void\\b")]
    private static partial Regex Unfinished();

    [GeneratedRegex("using (Orleans|Amazon|Microsoft\\.Extensions)\\b")]
    private static partial Regex Outside();
}
