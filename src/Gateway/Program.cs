using Grainwatch.Gateway.Hosting;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
builder.Services.AddSingleton(TimeProvider.System);
builder.UseOrleansClient(client => client.UseLocalhostClustering());
builder.Services.AddGrainwatchGateway();

WebApplication app = builder.Build();
app.MapGrainwatchGateway();
await app.RunAsync();
