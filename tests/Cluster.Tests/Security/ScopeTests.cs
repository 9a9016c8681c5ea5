using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Grainwatch.Cluster.Tests.Support;
using Grainwatch.Gateway.Security.Scopes;
using Grainwatch.Hosting.Options;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Grainwatch.Cluster.Tests.Security;

/// <summary>Every route of a gateway that asks for keys, with and without the key that it needs.</summary>
public sealed class ScopeTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>, IAsyncLifetime
{
    private static readonly string[] Ingest = ["POST /api/v1/write", "POST /v1/metrics", "POST /v1/logs", "POST /samples", "POST /changes"];
    private static readonly string[] Silence = ["POST /silences", "DELETE /silences/{id}", "POST /incidents/{id}/acknowledge", "POST /incidents/{id}/feedback"];
    private static readonly string[] Admin = ["PUT /rules", "POST /rules", "POST /receivers/{receiver}/test"];
    private static readonly string[] Open = ["GET /healthz", "GET /readyz"];

    private readonly TestKeys _keys = new();
    private readonly Dictionary<string, string> _byScope = [];
    private WebApplication _app = null!;

    private HttpClient Http { get; set; } = null!;

    public async Task InitializeAsync()
    {
        foreach (string scope in Scope.All)
        {
            _byScope[scope] = _keys.Add(scope, scope, "rate=0");
        }

        _byScope["expired"] = _keys.Add("expired", "read", "expires=2026-01-01T00:00:00Z");
        _app = await gateway.StartGatewayAsync(_keys.Settings);
        Http = new HttpClient { BaseAddress = new Uri(_app.Urls.First()) };
    }

    public async Task DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
    }

    [Fact]
    public void Routes_Each_NeedTheScopeThatIsWrittenDown()
    {
        (string Route, string? Scope)[] routes = [.. Routes().Select(r => (Short(r), ScopeRoutes.ScopeOf(r.Endpoint.Metadata)))];
        Assert.True(routes.Length > 30);
        Assert.All(routes, r => Assert.Equal((r.Route, Expected(r.Route)), r));
        Assert.Empty(((string[])[.. Ingest, .. Silence, .. Admin, .. Open]).Except(routes.Select(r => r.Route)));
    }

    [Fact]
    public async Task Send_ToEachRoute_AnswersWhoHasItsScopeAndNobodyElse()
    {
        foreach ((string method, string path, RouteEndpoint endpoint) in Routes())
        {
            string? scope = ScopeRoutes.ScopeOf(endpoint.Metadata);
            string place = path.Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal);
            using HttpResponseMessage unknown = await TestKeys.SendAsync(Http, method, place, null, Body());
            Assert.Equal((place, scope is not null), (place, unknown.StatusCode == HttpStatusCode.Unauthorized));
            foreach (string given in Scope.All)
            {
                using HttpResponseMessage answer = await TestKeys.SendAsync(Http, method, place, _byScope[given], Body());
                Assert.NotEqual(HttpStatusCode.Unauthorized, answer.StatusCode);
                bool isAllowed = scope is null || given == scope || (given == "admin" && scope != "samples");
                Assert.Equal((method, place, given, !isAllowed), (method, place, given, answer.StatusCode == HttpStatusCode.Forbidden));
            }
        }
    }

    [Fact]
    public async Task Send_WithoutAKey_Is401ThatSaysHowAsAProblem()
    {
        using HttpResponseMessage answer = await TestKeys.SendAsync(Http, "GET", $"{Support.Doors.Api}/fleet", null);
        Assert.Equal("Bearer realm=\"grainwatch\"", answer.Headers.WwwAuthenticate.ToString());
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        JsonElement problem = await answer.ReadAsync();
        Assert.Equal(401, problem.GetProperty("status").GetInt32());
        Assert.Equal("urn:grainwatch:problem:unauthenticated", problem.GetProperty("type").GetString());

        // What is no route says nothing of itself either.
        using HttpResponseMessage nowhere = await TestKeys.SendAsync(Http, "GET", "/nowhere", null);
        Assert.Equal(HttpStatusCode.Unauthorized, nowhere.StatusCode);
    }

    [Fact]
    public async Task Send_WithAKeyOfAnotherScope_Is403ThatNamesTheScope()
    {
        using HttpResponseMessage answer = await TestKeys.SendAsync(Http, "GET", $"{Support.Doors.Api}/fleet", _byScope["ingest"]);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal("Bearer realm=\"grainwatch\", error=\"insufficient_scope\", scope=\"read\"", answer.Headers.WwwAuthenticate.ToString());
        Assert.Equal("this needs the scope 'read', which key:ingest does not have", (await answer.ReadAsync()).GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Send_AKeyThatIsNone_Is401()
    {
        string right = _byScope["read"];
        string[] wrong =
        [
            _byScope["expired"], right[..^1] + (right[^1] == 'A' ? 'B' : 'A'), right.Replace("gw_read", "gw_admin", StringComparison.Ordinal),
            right.Replace("gw_read", "gw_nobody", StringComparison.Ordinal), "gw_read_", "", "eyJhbGciOiJub25lIn0.e30.",
        ];
        foreach (string key in wrong)
        {
            using HttpResponseMessage answer = await TestKeys.SendAsync(Http, "GET", $"{Support.Doors.Api}/fleet", key);
            Assert.Equal((key, HttpStatusCode.Unauthorized), (key, answer.StatusCode));
            Assert.Equal(key.Length > 0, answer.Headers.WwwAuthenticate.ToString().Contains("error=\"invalid_token\"", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Send_TheKeyInItsOwnHeader_IsTaken()
    {
        using HttpRequestMessage request = new(HttpMethod.Get, $"{Support.Doors.Api}/fleet");
        request.Headers.Add("X-Api-Key", _byScope["read"]);
        using HttpResponseMessage answer = await Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Get_OpenApi_DeclaresTheSchemesWhenSomebodyIsAsked()
    {
        using HttpResponseMessage answer = await TestKeys.SendAsync(Http, "GET", "/openapi.json", _byScope["read"]);
        JsonElement document = await answer.ReadAsync();
        JsonElement schemes = document.GetProperty("components").GetProperty("securitySchemes");
        Assert.Equal("bearer", schemes.GetProperty("bearer").GetProperty("scheme").GetString());
        Assert.Equal("X-Api-Key", schemes.GetProperty("apiKey").GetProperty("name").GetString());
        JsonElement paths = document.GetProperty("paths");
        Assert.Equal(
            """[{"bearer":["ingest"]},{"apiKey":["ingest"]}]""",
            Compact(paths.GetProperty("/api/v1/write").GetProperty("post").GetProperty("security")));
        Assert.All(((string[])["401", "403", "429"]), s => Assert.True(
            paths.GetProperty("/api/v1/write").GetProperty("post").GetProperty("responses").TryGetProperty(s, out _)));
        Assert.Equal("[{}]", Compact(paths.GetProperty("/healthz").GetProperty("get").GetProperty("security")));
        Assert.Equal("""[{"bearer":["read"]},{"apiKey":["read"]}]""", Compact(document.GetProperty("security")));

        JsonElement open = await gateway.Http.GetFromJsonAsync<JsonElement>("/openapi.json");
        Assert.False(open.TryGetProperty("security", out _));
        Assert.False(open.GetProperty("components").TryGetProperty("securitySchemes", out _));
    }

    [Fact]
    public async Task Start_WithEveryFaultOfTheSection_NamesThemAllAtOnce()
    {
        Exception refused = await Assert.ThrowsAnyAsync<Exception>(() => gateway.StartGatewayAsync(
            ("Grainwatch:Security:Mode", "keys,jwt"), ("Grainwatch:Security:Keys:0", $"id=a sha256={new string('0', 64)} scopes=read"),
            ("Grainwatch:Security:Keys:1", $"id=a sha256={new string('1', 64)} scopes=read"), ("Grainwatch:Security:Keys:2", "gw_a_secret"),
            ("Grainwatch:Security:RequestsPerSecond", "-1"), ("Grainwatch:Security:IngestBytesPerSecond", "5"),
            ("Grainwatch:Security:JwtAuthority", "http://login.example.org"), ("Grainwatch:Security:JwtClockSkew", "01:00:00"),
            ("Grainwatch:Security:Key", "x")));
        IReadOnlyList<string> faults = SectionExtensions.FaultsOf(refused);
        string[] expected =
        [
            "Key is no option", "Keys:1 has the id 'a'", "Keys:2 holds a word that is none of id=…", "Keys:2 needs an id", "Keys:2 needs sha256", "Keys:2 needs scopes",
            "RequestsPerSecond is -1", "IngestBytesPerSecond is 5", "JwtAuthority must be an https address", "JwtAudience is missing", "JwtClockSkew is 01:00:00",
        ];
        Assert.All(expected, e => Assert.Contains(faults, f => f.StartsWith($"Grainwatch:Security:{e}", StringComparison.Ordinal)));
        Assert.Equal(expected.Length, faults.Count);
        Assert.DoesNotContain(faults, f => f.Contains("gw_a_secret", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("keys", "Grainwatch:Security:Keys is empty")]
    [InlineData("jwt", "Grainwatch:Security:JwtAudience is missing")]
    [InlineData("perhaps", "Grainwatch:Security:Mode is 'perhaps', which is no one of None, Keys, Jwt")]
    [InlineData("8", "Grainwatch:Security:Mode must be")]
    public async Task Start_InAModeWhoseSecretsDidNotArrive_IsRefused(string mode, string fault)
    {
        Exception refused = await Assert.ThrowsAnyAsync<Exception>(() => gateway.StartGatewayAsync(("Grainwatch:Security:Mode", mode)));
        Assert.Contains(SectionExtensions.FaultsOf(refused), f => f.StartsWith(fault, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_WithKeysThatNobodyAsksFor_IsRefused()
    {
        (string, string)[] settings = [.. _keys.Settings.Where(s => !s.Key.EndsWith("Mode", StringComparison.Ordinal))];
        Exception refused = await Assert.ThrowsAnyAsync<Exception>(() => gateway.StartGatewayAsync(settings));
        Assert.StartsWith("Grainwatch:Security:Keys holds keys, and Mode", Assert.Single(SectionExtensions.FaultsOf(refused)), StringComparison.Ordinal);
    }

    private static string? Expected(string route) => Open.Contains(route) ? null
        : Ingest.Contains(route) ? "ingest" : Silence.Contains(route) ? "silence" : Admin.Contains(route) ? "admin" : "read";

    private static string Short((string Method, string Path, RouteEndpoint Endpoint) route) =>
        $"{route.Method} {route.Path.Replace(Support.Doors.Api, "", StringComparison.Ordinal)}";

    private static StringContent Body() => new("{}", System.Text.Encoding.UTF8, "application/json");

    private static string Compact(JsonElement json) => JsonSerializer.Serialize(json);

    private IEnumerable<(string Method, string Path, RouteEndpoint Endpoint)> Routes() =>
        _app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .SelectMany(e => (e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Where(m => m != "HEAD")
                .Select(m => (m, $"/{e.RoutePattern.RawText!.Trim('/')}", e)));
}
