namespace Grainwatch.EndToEnd.Tests.Support;

/// <summary>The checkout that the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Actors.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? Environment.GetEnvironmentVariable("GRAINWATCH_ROOT")
            ?? throw new InvalidOperationException("not below the repository, and GRAINWATCH_ROOT does not name it");
    }
}
