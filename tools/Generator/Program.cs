using Grainwatch.Generator;

if (Arguments.TryRead(args, out Arguments? arguments, out string error))
{
    return arguments.Run(Console.Error);
}

Console.Error.WriteLine(error);
return Arguments.WrongUsage;
