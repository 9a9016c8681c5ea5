using Grainwatch.Signals.Rules;
using Grainwatch.Silo.Hosting;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
builder.Services.AddSingleton(TimeProvider.System);
builder.UseOrleans(silo => silo.UseLocalhostClustering().AddGrainwatch(RuleSet.Default));

WebApplication app = builder.Build();
app.MapGet("/healthz", () => Results.Json(new { status = "ok" }));
await app.RunAsync();
