using System.Text.RegularExpressions;
using System.Xml.Linq;
using Grainwatch.Signals.Rules;

namespace Grainwatch.Signals.Tests.Architecture;

/// <summary>Rules of style that matter are tests, not sentences.</summary>
public sealed partial class TidyTests
{
    private const int MaxFileLines = 400;
    private const int LongLine = 150;

    /// <summary>Lines over <see cref="LongLine"/> characters in src on the day this was written. It may fall, never rise.</summary>
    private const int LongLines = 260;

    [Fact]
    public void Files_OfSrc_StayBelow400Lines() =>
        Assert.DoesNotContain(Repository.Sources("src"), f => File.ReadLines(f).Count() > MaxFileLines);

    [Fact]
    public void Lines_OfSrc_GrowNoLonger() =>
        Assert.InRange(Repository.Sources("src").Sum(f => File.ReadLines(f).Count(l => l.Length > LongLine)), 0, LongLines);

    [Fact]
    public void Tree_NamesNoPathOfAMachine()
    {
        string[] folders = ["src", "tests", "tools", "docs", "recordings"];
        IEnumerable<string> files = folders.SelectMany(f => Directory.EnumerateFiles(Repository.At(f), "*", SearchOption.AllDirectories))
            .Concat(Directory.EnumerateFiles(Repository.Root))
            .Where(f => Texts.Contains(Path.GetExtension(f)) && !Built().IsMatch(f));
        Assert.DoesNotContain(files, f => OfAMachine().IsMatch(File.ReadAllText(f)));
    }

    [Fact]
    public void Contracts_OfTheWire_AreWrittenDownAndChecked()
    {
        XDocument project = XDocument.Load(Repository.At("src", "Grains.Interfaces", "Grains.Interfaces.csproj"));
        Assert.Equal("true", project.Descendants("EnableOrleansContractsAnalyzer").Single().Value);
        string contracts = File.ReadAllText(Repository.At("src", "Grains.Interfaces", "OrleansContracts.txt"));
        IEnumerable<string> interfaces = Repository.Sources(Path.Combine("src", "Grains.Interfaces"))
            .Select(f => Path.GetFileNameWithoutExtension(f)).Where(n => n.EndsWith("Grain", StringComparison.Ordinal));
        Assert.All(interfaces, i => Assert.Contains($".{i} [Version(", contracts, StringComparison.Ordinal));
    }

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

    private static readonly HashSet<string> Texts = [".cs", ".md", ".py", ".sh", ".yaml", ".yml", ".json", ".csproj", ".props", ".txt"];

    [GeneratedRegex("[/\\\\](bin|obj|node_modules|__pycache__)[/\\\\]")]
    private static partial Regex Built();

    // Written apart, so that this file does not name them itself.
    [GeneratedRegex("(^|[\\s\"'=(])/(home|root|wor" + "k)/")]
    private static partial Regex OfAMachine();

    [GeneratedRegex("NotImplementedException|\\b(TODO|FIXME|HACK)\\b|\\basync void\\b")]
    private static partial Regex Unfinished();

    [GeneratedRegex("using (Orleans|Amazon|Microsoft\\.Extensions)\\b")]
    private static partial Regex Outside();
}
