using Grainwatch.Signals;

namespace Grainwatch.Gateway.Json;

/// <summary>One page of a list.</summary>
/// <param name="V">Version of the document.</param>
/// <param name="Items">At most <see cref="Paging.MaxLimit"/>.</param>
/// <param name="Next">Cursor of the next page; null: this was the last.</param>
/// <param name="AsOf">How far event time has come in what is shown; null: nothing arrived yet.</param>
/// <param name="Warming">True while some windows do not yet cover what the rules look at.</param>
/// <param name="Truncated">True when a bound, not the end of the list, ended the page.</param>
public sealed record ListPage<T>(int V, IReadOnlyList<T> Items, string? Next, Timestamp? AsOf, bool Warming, bool Truncated);
