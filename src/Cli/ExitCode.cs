namespace Grainwatch.Cli;

/// <summary>What the process says when it ends. Part of the contract.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>The input was read and something in it is wrong.</summary>
    public const int Failure = 1;

    /// <summary>Wrong usage.</summary>
    public const int Usage = 2;

    /// <summary><c>diagnose</c>: nothing anomalous.</summary>
    public const int NothingFound = 3;
}
