using Grainwatch.Signals.Replay;

namespace Grainwatch.Cli;

/// <summary>Reads the recording that a command was given, and says what in it could not be read.</summary>
internal static class Recordings
{
    /// <summary>Where the recording that comes with the product lies, beside the executable.</summary>
    public static string Bundled => Path.Combine(AppContext.BaseDirectory, "recordings", "endless-output");

    /// <summary>Null when it cannot be used; the reason was written.</summary>
    public static Recording? TryRead(string path, TextWriter error)
    {
        try
        {
            Recording recording = RecordingReader.Read(path);
            foreach (RecordingProblem problem in recording.Problems)
            {
                error.WriteLine(problem);
            }

            if (recording.ProblemCount > recording.Problems.Count)
            {
                error.WriteLine($"{path}: {recording.ProblemCount:N0} problems in all, the first {recording.Problems.Count} are listed");
            }

            return recording;
        }
        catch (Exception e) when (e is RecordingException or IOException or UnauthorizedAccessException)
        {
            error.WriteLine($"{path}: {e.Message}");
            return null;
        }
    }
}
