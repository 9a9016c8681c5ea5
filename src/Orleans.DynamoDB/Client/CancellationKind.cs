namespace Orleans.DynamoDB.Client;

/// <summary>Why a transaction was cancelled.</summary>
internal enum CancellationKind
{
    /// <summary>A condition did not hold: the answer to the question, not a fault.</summary>
    ConditionFailed,

    /// <summary>Another write or too little capacity was in the way: the same request may succeed in a moment.</summary>
    InTheWay,

    /// <summary>Anything else, such as an item that is too large: it fails again.</summary>
    Fault,
}
