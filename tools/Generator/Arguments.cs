using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Grainwatch.Generator;

/// <summary>The command line.</summary>
public sealed record Arguments(string Command, string Out, ulong Seed, string? Only, int Variants)
{
    public const int WrongUsage = 2;

    private const string Usage = """
        Generator incidents --out DIR [--seed N] [--only ID] [--variants N]
        Generator bundled --out DIR
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
        bool numbers = (!options.TryGetValue("--seed", out string? s) || ulong.TryParse(s, CultureInfo.InvariantCulture, out seed))
            & (!options.TryGetValue("--variants", out string? v) || int.TryParse(v, CultureInfo.InvariantCulture, out variants));
        if (args.Length == 0 || args[0] is not ("incidents" or "bundled") || !options.TryGetValue("--out", out string? folder) || !numbers)
        {
            return false;
        }

        arguments = new Arguments(args[0], folder, seed, options.GetValueOrDefault("--only"), variants);
        return true;
    }

    public int Run(TextWriter progress)
    {
        if (Command == "bundled")
        {
            BundledRecording.Write(Out);
        }
        else
        {
            IncidentRecordings.Write(Out, Seed, Only, Variants, progress);
        }

        return 0;
    }
}
