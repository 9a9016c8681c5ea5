using System.CommandLine;
using System.Globalization;
using Grainwatch.Gateway.Security.Keys;
using Grainwatch.Gateway.Security.Scopes;
using Grainwatch.Hosting;

namespace Grainwatch.Cli.Commands;

/// <summary>
/// <c>grainwatch keys create --id ID --scopes a,b</c>: the key on the first line, which is shown this once, and on the second the line for
/// <c>Grainwatch:Security:Keys</c>. Nothing is stored.
/// </summary>
internal static class KeysCreateCommand
{
    public static Command Create()
    {
        Option<string> id = new("--id") { Description = "1 to 40 of a-z, 0-9 and -; it stands in logs and limits", Required = true };
        Option<string> scopes = new("--scopes") { Description = $"of {string.Join(',', Scope.All)}", Required = true };
        Option<int?> rate = new("--rate") { Description = "requests a second; 0: any number" };
        Option<int?> bytes = new("--bytes") { Description = "bytes a second that it may bring to the doors; 0: any number" };
        Option<string?> expires = new("--expires") { Description = "a time, as 2027-01-31T00:00:00Z" };
        Command command = new("create", "Draws a key, prints it once, and prints its line for the configuration, which holds a hash.")
        {
            id, scopes, rate, bytes, expires,
        };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(id), parsed.GetRequiredValue(scopes), parsed.GetValue(rate),
            parsed.GetValue(bytes), parsed.GetValue(expires), Console.Out, Console.Error));
        return command;
    }

    private static int Run(string id, string scopes, int? rate, int? bytes, string? expires, TextWriter output, TextWriter error)
    {
        string key = ApiKey.IsId(id) ? ApiKey.Create(id) : "";
        string text = $"id={id} sha256={Convert.ToHexStringLower(ApiKey.Hash(key))} scopes={scopes.Replace(',', '+')}"
            + Word("rate", rate?.ToString(CultureInfo.InvariantCulture)) + Word("bytes", bytes?.ToString(CultureInfo.InvariantCulture))
            + Word("expires", expires);
        if (KeyLine.TryParse(text, out IReadOnlyList<string> faults) is not { } line)
        {
            foreach (string fault in faults)
            {
                error.WriteLine(fault);
            }

            return ExitCode.Usage;
        }

        output.WriteLine(key);
        output.WriteLine(line);
        error.WriteLine("The first line is the key: give it to its holder, it is not shown again. "
            + "The second belongs into Grainwatch:Security:Keys.");
        return ExitCode.Success;
    }

    private static string Word(string name, string? value) => value is null ? "" : $" {name}={value}";
}
