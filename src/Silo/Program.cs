using Grainwatch.Silo.Hosting;

#pragma warning disable RS0030 // The composition root chooses the clock.
return await SiloHost.RunAsync(args, TimeProvider.System, Console.Error);
#pragma warning restore RS0030
