using System.Text.Json;

namespace Grainwatch.Cli;

/// <summary>Looks at the file of <c>--config</c> before the host does, to say clearly what is wrong with it.</summary>
internal static class ConfigurationFiles
{
    private const int MaxBytes = 1 << 20;

    private static readonly JsonDocumentOptions Options = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <returns>What is wrong; null: it can be read.</returns>
    public static string? Fault(string path)
    {
        try
        {
            FileInfo file = new(path);
            if (file.Exists && file.Length > MaxBytes)
            {
                return $"{path}: longer than {MaxBytes} bytes";
            }

            using JsonDocument document = JsonDocument.Parse(File.ReadAllText(path), Options);
            return document.RootElement.ValueKind == JsonValueKind.Object ? null : $"{path}: not a JSON object";
        }
        catch (JsonException e)
        {
            return $"{path}:{e.LineNumber + 1}: not JSON";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return $"{path}: {e.Message}";
        }
    }
}
