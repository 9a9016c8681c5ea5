namespace Grainwatch.Signals.Rules.Files;

/// <summary>The <c>receivers</c> of a file.</summary>
internal static class ReceiverReader
{
    private const int MaxReceivers = 100;
    private const int MaxTarget = 2048;
    private const int MaxName = 128;
    private static readonly TimeSpan LeastEvery = TimeSpan.FromSeconds(10);

    public static IReadOnlyList<RuleReceiver> Read(MapReader file, FileErrors errors)
    {
        List<(RuleReceiver Receiver, YamlNode Place)> receivers = [];
        foreach ((YamlScalar name, YamlNode node) in file.Entries("receivers", MaxReceivers))
        {
            if (name.Value.Length is 0 or > MaxName)
            {
                errors.Add(name, $"a receiver's name has 1 to {MaxName} characters");
            }
            else if (MapReader.Of(node, $"receiver '{name.Value}'", errors) is { } map && Receiver(name, map, errors) is { } receiver)
            {
                receivers.Add((receiver, node));
            }
        }

        foreach ((RuleReceiver receiver, YamlNode place) in receivers.Where(r => r.Receiver.Fallback is not null))
        {
            if (string.Equals(receiver.Fallback, receiver.Name, StringComparison.Ordinal) || !receivers.Exists(r => string.Equals(r.Receiver.Name, receiver.Fallback, StringComparison.Ordinal)))
            {
                errors.Add(place, $"the fallback of '{receiver.Name}' must be another receiver, and '{receiver.Fallback}' is none");
            }
        }

        return [.. receivers.Select(r => r.Receiver)];
    }

    private static RuleReceiver? Receiver(YamlScalar name, MapReader map, FileErrors errors)
    {
        string? fallback = map.Text("fallback", MaxName);
        List<RuleReceiver> found = [];
        foreach ((string key, ReceiverKind kind) in new[] { ("sns", ReceiverKind.Sns), ("webhook", ReceiverKind.Webhook), ("log", ReceiverKind.Log), ("watchdog", ReceiverKind.Watchdog) })
        {
            bool present = map.Has(key);
            YamlNode? node = map.Take(key);
            if (present)
            {
                found.Add(new RuleReceiver(name.Value, kind, null, fallback, TimeSpan.Zero));
                if (node is not null && MapReader.Of(node, $"'{key}'", errors) is { } options)
                {
                    found[^1] = Options(found[^1], options, errors);
                }
                else if (node is null && kind != ReceiverKind.Log)
                {
                    errors.Add(name, $"'{key}' of receiver '{name.Value}' is empty");
                }
            }
        }

        map.Close();
        if (found.Count != 1)
        {
            errors.Add(name, $"receiver '{name.Value}' must be exactly one of sns, webhook, log, watchdog");
            return null;
        }

        return found[0];
    }

    private static RuleReceiver Options(RuleReceiver receiver, MapReader options, FileErrors errors)
    {
        switch (receiver.Kind)
        {
            case ReceiverKind.Sns:
                YamlScalar? arn = options.Scalar("topicArn", required: true);
                if (arn is not null && (!arn.Value.StartsWith("arn:", StringComparison.Ordinal) || arn.Value.Split(':').Length != 6 || arn.Value.Length > MaxTarget))
                {
                    errors.Add(arn, "topicArn must look like arn:aws:sns:REGION:ACCOUNT:TOPIC");
                }

                receiver = receiver with { Target = arn?.Value };
                break;
            case ReceiverKind.Webhook:
                receiver = receiver with
                {
                    Target = Url(options, errors),
                    Format = options.Choice<WebhookFormat>("format") ?? WebhookFormat.Alertmanager,
                };
                break;
            case ReceiverKind.Watchdog:
                receiver = receiver with { Target = Url(options, errors), Every = options.Duration("every") ?? RuleReceiver.DefaultEvery };
                if (receiver.Every < LeastEvery)
                {
                    errors.Add(options.Node, "a watchdog hears every 10s at most");
                }

                break;
            default:
                break;
        }

        options.Close();
        return receiver;
    }

    private static string? Url(MapReader options, FileErrors errors)
    {
        YamlScalar? url = options.Scalar("url", required: true);
        if (url is not null && (url.Value.Length > MaxTarget || !Uri.TryCreate(url.Value, UriKind.Absolute, out Uri? parsed) || (parsed.Scheme != Uri.UriSchemeHttp && parsed.Scheme != Uri.UriSchemeHttps)))
        {
            errors.Add(url, "url must be an absolute http or https address");
        }

        return url?.Value;
    }
}
