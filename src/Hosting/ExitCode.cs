namespace Grainwatch.Hosting;

/// <summary>What the process says when it ends. Part of the contract.</summary>
public static class ExitCode
{
    public const int Success = 0;

    /// <summary>The input was read and something in it is wrong, or what the process needs is not there.</summary>
    public const int Failure = 1;

    /// <summary>Wrong usage, or faults in the configuration, which were written.</summary>
    public const int Usage = 2;

    /// <summary><c>diagnose</c>: nothing anomalous.</summary>
    public const int NothingFound = 3;
}
