using Grainwatch.Grains.Interfaces.Correlation;
using Grainwatch.Signals.Alerts;

namespace Grainwatch.Grains.Correlation;

/// <summary>What became of test pages, for as long as somebody may ask: the latest few, in memory.</summary>
internal sealed class TestPages
{
    private const int RememberedMax = 100;

    private readonly List<(string RequestId, TestPage Page)> _pages = [];

    public TestPage? Find(string requestId) => _pages.Find(p => p.RequestId == requestId).Page;

    /// <summary>Notes an attempt at a test page.</summary>
    public void Attempted(OutboxRow? row, DeliveryAnswer answer)
    {
        if (row is { Family: NotificationFamily.Test, About: { } requestId })
        {
            Note(requestId, new TestPage(answer.Answer.ToString(), false, answer.MessageId, answer.Detail));
        }
    }

    /// <summary>Notes the ends of test pages.</summary>
    public void Finished(IEnumerable<OutboxRow> rows)
    {
        foreach (OutboxRow row in rows.Where(r => r is { Family: NotificationFamily.Test, About: not null }))
        {
            Note(row.About!, new TestPage(row.Status.ToString(), true, row.MessageId, Find(row.About!)?.Detail));
        }
    }

    private void Note(string requestId, TestPage page)
    {
        _pages.RemoveAll(p => p.RequestId == requestId);
        if (_pages.Count >= RememberedMax)
        {
            _pages.RemoveAt(0);
        }

        _pages.Add((requestId, page));
    }
}
