using Grainwatch.Gateway.Hosting;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
#pragma warning disable RS0030 // The composition root chooses the clock.
builder.Services.AddSingleton(TimeProvider.System);
#pragma warning restore RS0030
builder.UseOrleansClient(client => client.UseLocalhostClustering());
builder.Services.AddGrainwatchGateway(builder.Configuration);

WebApplication app = builder.Build();
app.MapGrainwatchGateway();
await app.RunAsync();
