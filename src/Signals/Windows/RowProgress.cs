namespace Grainwatch.Signals.Windows;

/// <summary>
/// How far the newest row has come. Rules are judged when it is whole, or when a straggler timer says that the rest will
/// not come; never for each request, which would judge half-old rows.
/// </summary>
/// <param name="Bucket">Start of the newest row.</param>
/// <param name="Written">Series that spoke in it, those that said they ended included.</param>
/// <param name="Expected">Series that had a point in the last row before it that had any.</param>
/// <param name="IsWarm">True once a row has closed with as many series as the row before. Nothing is judged earlier.</param>
/// <param name="Version">Version of the block: unchanged means that there is nothing new to judge.</param>
public readonly record struct RowProgress(Timestamp Bucket, int Written, int Expected, bool IsWarm, long Version)
{
    /// <summary>As many series have spoken as in the row before, and such a row has been seen.</summary>
    public bool IsWhole => IsWarm && Expected > 0 && Written >= Expected;
}
