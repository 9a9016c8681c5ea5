using System.IO.Compression;

namespace Grainwatch.Cli;

/// <summary>Opens what a command reads: a file, a gzipped file, or standard input as <c>-</c>.</summary>
internal static class InputFile
{
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static Stream Open(string path)
    {
        if (path == "-")
        {
            return Console.OpenStandardInput();
        }

        FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
        return path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
    }
}
