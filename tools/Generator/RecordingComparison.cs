using System.IO.Compression;

namespace Grainwatch.Generator;

/// <summary>
/// Compares the content of two folders. Compressed files are compared unpacked, since another version of the
/// compressor may pack the same content into other bytes.
/// </summary>
public static class RecordingComparison
{
    /// <returns>The first file that is missing or differs; null: all is alike.</returns>
    public static string? FirstDifference(string left, string right)
    {
        string[] names = [.. Names(left).Union(Names(right)).Order(StringComparer.Ordinal)];
        return Array.Find(names, n => !Content(left, n).AsSpan().SequenceEqual(Content(right, n)));
    }

    private static IEnumerable<string> Names(string folder) => Directory.EnumerateFiles(folder).Select(f => Path.GetFileName(f));

    private static byte[] Content(string folder, string name)
    {
        string path = Path.Combine(folder, name);
        if (!File.Exists(path))
        {
            return [];
        }

        if (!name.EndsWith(".gz", StringComparison.Ordinal))
        {
            return File.ReadAllBytes(path);
        }

        using GZipStream unpacked = new(File.OpenRead(path), CompressionMode.Decompress);
        using MemoryStream content = new();
        unpacked.CopyTo(content);
        return content.ToArray();
    }
}
