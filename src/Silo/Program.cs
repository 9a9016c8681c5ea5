using Grainwatch.Signals.Rules;
using Grainwatch.Silo.Hosting;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
#pragma warning disable RS0030 // The composition root chooses the clock.
builder.Services.AddSingleton(TimeProvider.System);
#pragma warning restore RS0030
builder.UseOrleans(silo => silo.UseLocalhostClustering().AddGrainwatch(RuleSet.Default));

WebApplication app = builder.Build();
app.MapGet("/healthz", () => Results.Json(new { status = "ok" }));
await app.RunAsync();
