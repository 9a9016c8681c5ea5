using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Grainwatch.EndToEnd.Tests.Cluster;

namespace Grainwatch.EndToEnd.Tests.Support;

/// <summary>An independent SNS and SQS on loopback: the moto server. It checks no signatures.</summary>
internal sealed class MotoServer : IAsyncDisposable
{
    public const string TopicArn = "arn:aws:sns:eu-west-1:123456789012:pages";

    private const int LabPort = 5000;

    private readonly Process _process;
    private readonly HttpClient _http;

    private MotoServer(Process process, string url)
    {
        _process = process;
        Url = url;
        _http = new HttpClient { BaseAddress = new Uri(url) };
    }

    public string Url { get; }

    /// <summary>Starts it with one topic to which one queue subscribes.</summary>
    /// <param name="host">A machine of the lab; null: this one.</param>
    public static async Task<MotoServer> StartAsync(LabHost? host = null)
    {
        string address = host?.Address ?? "127.0.0.1";
        string script = System.IO.Path.Combine(Repository.Root, "deploy/compose/moto_in_turn.py");
        string[] command = [Environment.GetEnvironmentVariable("GRAINWATCH_MOTO_PYTHON") ?? "python3", script, address, $"{(host is null ? Loopback.FreePort() : LabPort)}"];
        if (host is not null)
        {
            command = ["ip", "netns", "exec", host.Namespace, .. command];
        }

        Process process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        MotoServer moto = new(process, $"http://{address}:{command[^1]}");
        await Eventually.ValueAsync<bool>(async () =>
        {
            try
            {
                using HttpResponseMessage ready = await moto._http.GetAsync("/moto-api/");
                return ready.IsSuccessStatusCode ? true : null;
            }
            catch (HttpRequestException)
            {
                return null;
            }
        });
        await moto.CallAsync("sns", "Action=CreateTopic&Version=2010-03-31&Name=pages");
        await moto.CallAsync("sqs", "Action=CreateQueue&Version=2012-11-05&QueueName=pages");
        await moto.CallAsync("sns", $"Action=Subscribe&Version=2010-03-31&TopicArn={TopicArn}&Protocol=sqs&Endpoint=arn:aws:sqs:eu-west-1:123456789012:pages");
        return moto;
    }

    /// <summary>Takes every message out of the queue: what a subscriber has received.</summary>
    public async Task<List<JsonElement>> TakeAsync()
    {
        List<JsonElement> taken = [];
        while (true)
        {
            XElement answer = await CallAsync(
                "sqs", $"Action=ReceiveMessage&Version=2012-11-05&MaxNumberOfMessages=10&VisibilityTimeout=3600&QueueUrl={Uri.EscapeDataString($"{Url}/123456789012/pages")}");
            List<XElement> bodies = [.. answer.Descendants().Where(e => e.Name.LocalName == "Body")];
            if (bodies.Count == 0)
            {
                return taken;
            }

            foreach (XElement body in bodies)
            {
                using JsonDocument envelope = JsonDocument.Parse(body.Value);
                using JsonDocument message = JsonDocument.Parse(envelope.RootElement.GetProperty("Message").GetString()!);
                taken.Add(message.RootElement.Clone());
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task<XElement> CallAsync(string service, string form)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/")
        {
            Content = new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded"),
        };
        request.Headers.TryAddWithoutValidation("Authorization", $"AWS4-HMAC-SHA256 Credential=test/20260302/eu-west-1/{service}/aws4_request, SignedHeaders=host, Signature=none");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("*/*"));
        using HttpResponseMessage response = await _http.SendAsync(request);
        string text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return XElement.Parse(text);
    }
}
