using Grainwatch.Grains.Interfaces.Views;

namespace Grainwatch.Gateway.Rules;

/// <summary>What a candidate would have done.</summary>
/// <param name="V">Version of the document.</param>
/// <param name="Hash">Of the candidate.</param>
/// <param name="WouldFire">Episodes of the candidate, over all endpoints tried.</param>
/// <param name="Fires">Episodes of the rules in force that it stands for, over the same windows.</param>
/// <param name="Endpoints">In the order asked for, else by key.</param>
/// <param name="Truncated">True: there are more endpoints than are tried.</param>
public sealed record WhatIfAnswer(int V, string Hash, int WouldFire, int Fires, IReadOnlyList<TrialView> Endpoints, bool Truncated);
