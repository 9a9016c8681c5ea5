using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Grainwatch.Generator;

/// <summary>The command line.</summary>
/// <param name="Command">incidents, bundled or check.</param>
/// <param name="Out">The folder that is written, or checked.</param>
/// <param name="Seed">Of everything random in the incidents.</param>
/// <param name="Only">Beginning of the ids that are wanted; null: all.</param>
/// <param name="Variants">Variations of each incident beside the plain one.</param>
public sealed record Arguments(string Command, string Out, ulong Seed, string? Only, int Variants)
{
    public const int Different = 1;
    public const int WrongUsage = 2;

    private const string Usage = """
        Generator incidents --out DIR [--seed N] [--only ID] [--variants N]   one folder for each incident
        Generator bundled --out DIR                                         the recording that the product brings
        Generator check --out DIR                                           is DIR what `bundled` would write?
        """;

    public static bool TryRead(string[] args, [NotNullWhen(true)] out Arguments? arguments, out string error)
    {
        arguments = null;
        error = Usage;
        Dictionary<string, string> options = new(StringComparer.Ordinal);
        for (int i = 1; i < args.Length; i += 2)
        {
            if (i + 1 == args.Length || args[i] is not ("--out" or "--seed" or "--only" or "--variants"))
            {
                error = $"unknown or incomplete: {args[i]}\n{Usage}";
                return false;
            }

            options[args[i]] = args[i + 1];
        }

        ulong seed = 1;
        int variants = 0;
        string folder = options.GetValueOrDefault("--out", "");
        if (args.Length == 0
            || args[0] is not ("incidents" or "bundled" or "check")
            || folder.Length == 0
            || (options.TryGetValue("--seed", out string? s) && !ulong.TryParse(s, CultureInfo.InvariantCulture, out seed))
            || (options.TryGetValue("--variants", out string? v) && !int.TryParse(v, CultureInfo.InvariantCulture, out variants)))
        {
            return false;
        }

        arguments = new Arguments(args[0], folder, seed, options.GetValueOrDefault("--only"), variants);
        return true;
    }

    public int Run(TextWriter progress)
    {
        switch (Command)
        {
            case "incidents":
                IncidentRecordings.Write(Out, Seed, Only, Variants, progress);
                return 0;
            case "bundled":
                BundledRecording.Write(Out);
                return 0;
            default:
                return Check(progress);
        }
    }

    private int Check(TextWriter progress)
    {
        string fresh = Directory.CreateTempSubdirectory("grainwatch-bundled-").FullName;
        try
        {
            BundledRecording.Write(fresh);
            string? difference = RecordingComparison.FirstDifference(fresh, Out);
            string result = difference is null ? "as generated" : $"{difference} differs from what is generated";
            progress.WriteLine($"{Out}: {result}");
            return difference is null ? 0 : Different;
        }
        finally
        {
            Directory.Delete(fresh, recursive: true);
        }
    }
}
