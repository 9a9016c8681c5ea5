namespace Grainwatch.EndToEnd.Tests.Support;

/// <summary>Programs of others that the tests run; <c>./test.sh</c> unpacks them and says where they are.</summary>
internal static class Tool
{
    /// <param name="variable">The environment variable that names it.</param>
    public static string Path(string variable) => Environment.GetEnvironmentVariable(variable)
        ?? throw new InvalidOperationException($"{variable} does not name Debian's program; ./test.sh sets it");
}
