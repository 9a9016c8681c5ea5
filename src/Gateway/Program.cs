using Grainwatch.Gateway.Hosting;

#pragma warning disable RS0030 // The composition root chooses the clock.
return await GatewayHost.RunAsync(args, TimeProvider.System, Console.Error);
#pragma warning restore RS0030
