namespace Grainwatch.EndToEnd.Tests.Support;

/// <summary>Programs of others that the tests run; <c>./test.sh</c> unpacks them and says where they are.</summary>
internal static class Tool
{
    /// <summary>For how long a peer is watched in the long tests: five minutes, or GRAINWATCH_PEER_SECONDS.</summary>
    public static TimeSpan Watched { get; } =
        TimeSpan.FromSeconds(int.TryParse(Environment.GetEnvironmentVariable("GRAINWATCH_PEER_SECONDS"), out int seconds) ? seconds : 300);

    /// <param name="variable">The environment variable that names it.</param>
    public static string Path(string variable) => Environment.GetEnvironmentVariable(variable)
        ?? throw new InvalidOperationException($"{variable} does not name Debian's program; ./test.sh sets it");
}
