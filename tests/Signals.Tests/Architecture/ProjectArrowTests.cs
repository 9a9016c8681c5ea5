using System.Xml.Linq;

namespace Grainwatch.Signals.Tests.Architecture;

/// <summary>The arrows of docs/architecture.md, asserted on the project files.</summary>
public sealed class ProjectArrowTests
{
    private static readonly Dictionary<string, string[]> Arrows = new(StringComparer.Ordinal)
    {
        ["Signals"] = [],
        ["Grains.Interfaces"] = ["Signals"],
        ["Grains"] = ["Grains.Interfaces"],
        ["Storage.Sqlite"] = [],
        ["Orleans.Tls"] = [],
        ["Aws.Sdk"] = [],
        ["Orleans.DynamoDB"] = [],
        ["Aws"] = ["Aws.Sdk", "Signals"],
        ["Hosting"] = ["Grains.Interfaces", "Orleans.DynamoDB", "Orleans.Tls"],
        ["Silo"] = ["Aws", "Grains", "Hosting", "Storage.Sqlite"],
        ["Gateway"] = ["Grains.Interfaces", "Hosting"],
        ["Cli"] = ["Gateway", "Signals", "Silo"],
    };

    [Fact]
    public void Projects_OfSrc_AreThoseOfThePicture() =>
        Assert.Equal(
            Arrows.Keys.Order(StringComparer.Ordinal),
            Directory.GetDirectories(Repository.At("src")).Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal));

    [Fact]
    public void References_OfEachProject_PointDownOnly()
    {
        foreach ((string project, string[] allowed) in Arrows)
        {
            Assert.Equal(allowed, References(project).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void Packages_OfTheCore_AreAYamlParserAlone() => Assert.Equal(["YamlDotNet"], Includes("Signals", "PackageReference"));

    /// <summary>A part of Orleans.DynamoDB is named by an item of its own, since the official package may stand for it.</summary>
    private static IEnumerable<string> References(string project) => Includes(project, "ProjectReference").Select(p => Path.GetFileNameWithoutExtension(p)!)
        .Concat(Includes(project, "OrleansDynamoDB").Select(_ => "Orleans.DynamoDB").Distinct());

    private static IEnumerable<string> Includes(string project, string item) =>
        XDocument.Load(Repository.At("src", project, $"{project}.csproj")).Descendants(item).Select(e => e.Attribute("Include")!.Value);
}
