using Grainwatch.Gateway.Options;
using Grainwatch.Gateway.Problems;

namespace Grainwatch.Gateway.Ingest.Otlp;

/// <summary>What is left of a request's bounds while it is read.</summary>
internal sealed class OtlpBudget(IngestLimits limits)
{
    private int _items;

    /// <summary>Takes one data point or log record.</summary>
    /// <exception cref="ProblemException">413: one more than allowed.</exception>
    public void TakeItem()
    {
        if (++_items > limits.SeriesPerRequestMax)
        {
            throw new ProblemException(StatusCodes.Status413PayloadTooLarge, "too-large",
                $"more than {limits.SeriesPerRequestMax} items in one request");
        }
    }

    /// <exception cref="MalformedBodyException">More attributes than allowed.</exception>
    public void CheckAttributes(int count)
    {
        if (count > limits.LabelsPerSeriesMax)
        {
            throw new MalformedBodyException($"more than {limits.LabelsPerSeriesMax} attributes");
        }
    }
}
