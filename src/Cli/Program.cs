using System.CommandLine;
using Grainwatch.Cli;
using Grainwatch.Cli.Commands;
using Grainwatch.Hosting;

RootCommand root = new("Grainwatch watches LLM endpoints: it joins answer quality with infrastructure, names the cause, and pages once.")
{
    UpCommand.Create(),
    ReplayCommand.Create(),
    DiagnoseCommand.Create(),
    DetectCommand.Create(),
    EvaluateCommand.Create(),
    RulesCommand.Create(),
    NotifyCommand.Create(),
    KeysCommand.Create(),
};

ParseResult parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
{
    foreach (System.CommandLine.Parsing.ParseError error in parsed.Errors)
    {
        await Console.Error.WriteLineAsync(error.Message);
    }

    await Console.Error.WriteLineAsync("Run 'grainwatch --help' for usage.");
    return ExitCode.Usage;
}

return await parsed.InvokeAsync();
