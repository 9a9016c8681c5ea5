using System.Security.Cryptography;
using System.Text;
using Grainwatch.Grains.Interfaces.Rules;
using Grainwatch.Grains.Interfaces.Views;
using Grainwatch.Signals;
using Grainwatch.Signals.Rules;
using Microsoft.Extensions.Logging;

namespace Grainwatch.Grains.Rules;

/// <summary>
/// Keeps the rules in force. What was changed last is in force, also after a restart: a request beats the file that was there
/// before it, and a file that is another one than the last beats the requests before it.
/// </summary>
public sealed partial class RuleBookGrain(
    RuleBase start,
    RulesInForce silo,
    RuleAnnouncement announcement,
    [PersistentState("head")] IPersistentState<RuleBookState> head,
    [PersistentState("history")] IPersistentState<RuleHistoryState> history,
    TimeProvider time,
    ILogger<RuleBookGrain> logger) : Grain, IRuleBookGrain
{
    private const string File = "file";
    private const string Default = "default";
    private const string Request = "request";
    private const int FaultsMax = 100;

    private RuleSet _rules = start.Rules;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (!head.RecordExists)
        {
            head.State.InForce = new StoredRules(1, start.Rules.Hash, start.IsFile ? File : Default, null, "", "",
                RuleFile.Write(start.Rules));
            head.State.FileHash = start.IsFile ? start.Rules.Hash : "";
            return;
        }

        if (head.State.Schema > RuleBookState.SchemaNow)
        {
            throw new InvalidOperationException($"the stored rules have schema {head.State.Schema}, and this program knows {RuleBookState.SchemaNow}");
        }

        if (start.IsFile && head.State.FileHash != start.Rules.Hash)
        {
            head.State.FileHash = start.Rules.Hash;
            await StoreAsync(start.Rules, RuleFile.Write(start.Rules), File, "", "");
            return;
        }

        RuleSet stored = RuleFile.Parse(head.State.InForce.Text ?? "", "rules", out IReadOnlyList<RuleError> errors);
        _rules = errors.Count == 0 ? stored : start.Rules;
    }

    public Task<RuleBookView> Read(CancellationToken cancellationToken) => Task.FromResult(new RuleBookView(
        InForce.Hash, [.. _rules.Rules.Select(RuleViews.View)], InForce.Number, InForce.Text ?? RuleFile.Write(_rules)));

    public Task<RuleText> GetText(long known, CancellationToken cancellationToken) =>
        Task.FromResult(new RuleText(InForce.Number, InForce.Hash, known == InForce.Number ? null : InForce.Text));

    public Task<RuleVersionView[]> GetVersions(CancellationToken cancellationToken) =>
        Task.FromResult<RuleVersionView[]>([.. Remembered().OrderByDescending(v => v.Number).Select(v => v.ToView(withText: false))]);

    public Task<RuleVersionView?> GetVersion(long number, CancellationToken cancellationToken) =>
        Task.FromResult(Remembered().FirstOrDefault(v => v.Number == number)?.ToView(withText: true));

    public async Task<RuleReceipt> Change(RuleChange change, CancellationToken cancellationToken)
    {
        string body = Hash($"{change.IsAddition}\n{change.Text}");
        string? key = change.RequestKey is null ? null : Hash(change.RequestKey);
        if (key is not null && head.State.Requests.Find(r => r.KeyHash == key) is { } before)
        {
            return Receipt(before.BodyHash == body ? RuleOutcome.Taken : RuleOutcome.OtherRequest) with { Number = before.Number,
                Hash = before.Hash };
        }

        RuleSet sent = RuleFile.Parse(change.Text, "rules", out IReadOnlyList<RuleError> errors);
        if (errors.Count > 0)
        {
            return Receipt(RuleOutcome.Faulty) with { FaultCount = errors.Count,
                Faults = [.. errors.Take(FaultsMax).Select(e => new RuleFault(e.Line, e.Column, e.Message))] };
        }

        if (change.IsAddition && (sent.Routes.Count + sent.Receivers.Count > 0 || sent.Rules.Count == 0))
        {
            return Receipt(RuleOutcome.Faulty) with { FaultCount = 1,
                Faults = [new RuleFault(1, 1,
                    "what is added is groups with at least one rule; routes and receivers change with the whole file")] };
        }

        if (!change.IsAddition && sent.Hash == InForce.Hash)
        {
            // Also where something else was expected: the repetition of a request whose answer was lost asks for what there is.
            return Receipt(RuleOutcome.Same);
        }

        if (change.Expected is not (null or "*") && change.Expected != RuleChange.Etag(InForce.Number, InForce.Hash))
        {
            return Receipt(RuleOutcome.OtherVersion);
        }

        (RuleSet next, string text) = (sent, change.Text);
        if (change.IsAddition)
        {
            next = RuleAddition.Add(_rules, sent, out IReadOnlyList<string> twice);
            text = RuleFile.Write(next);
            if (twice.Count > 0 || ReferenceEquals(next, _rules))
            {
                return Receipt(twice.Count > 0 ? RuleOutcome.Twice : RuleOutcome.TooMany) with { Ids = [.. twice] };
            }
        }

        if (text.Length > RuleChange.TextMax)
        {
            return Receipt(RuleOutcome.TooMany);
        }

        if (key is not null)
        {
            head.State.Requests.Add(new StoredRuleRequest(key, body, InForce.Number + 1, next.Hash));
            head.State.Requests.RemoveRange(0, Math.Max(0, head.State.Requests.Count - RuleVersions.RequestsMax));
        }

        await StoreAsync(next, text, Request, change.By, change.Comment);
        silo.Take(InForce.Number, next);
        string[] notTold = await announcement.TellAsync(InForce.Number);
        return Receipt(RuleOutcome.Taken) with { Ids = [.. (change.IsAddition ? sent : next).Rules.Select(r => r.Id)], NotTold = notTold };
    }

    private StoredRules InForce => head.State.InForce;

    private RuleReceipt Receipt(RuleOutcome outcome) => new(outcome, InForce.Number, InForce.Hash, [], 0, [], []);

    private IEnumerable<StoredRules> Remembered() =>
        history.State.Versions.Where(v => v.Number != InForce.Number).Append(InForce);

    private async Task StoreAsync(RuleSet next, string text, string origin, string by, string comment)
    {
        StoredRules before = InForce;
        Timestamp now = Timestamp.FromDateTimeOffset(time.GetUtcNow());
        head.State.InForce = new StoredRules(before.Number + 1, next.Hash, origin, now.UnixMs, by, comment, text);
        try
        {
            await head.WriteStateAsync();
        }
        catch
        {
            // What is not stored is not in force: read again what is.
            DeactivateOnIdle();
            throw;
        }

        _rules = next;
        RuleVersions.Add(history.State.Versions, before);
        RuleVersions.Add(history.State.Versions, InForce);
        try
        {
            await history.WriteStateAsync();
        }
        catch (Exception e)
        {
            LogHistoryNotWritten(logger, InForce.Number, e);
        }
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));

    [LoggerMessage(EventId = 1, EventName = "RuleHistoryNotWritten", Level = LogLevel.Warning,
        Message = "version {Number} of the rules is in force, and the list of versions was not written")]
    private static partial void LogHistoryNotWritten(ILogger logger, long number, Exception exception);
}
