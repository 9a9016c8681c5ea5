namespace Grainwatch.DynamoDB.Tests.Support;

/// <summary>What happens to one request on its way.</summary>
public enum Fault
{
    /// <summary>It is refused: too little capacity.</summary>
    Throttled,

    /// <summary>The service fails, 500, without having done it.</summary>
    ServerError,

    /// <summary>The connection breaks before the server hears of it.</summary>
    RequestLost,

    /// <summary>The server does it, and the connection breaks before the answer.</summary>
    ReplyLost,

    /// <summary>The server does it, and nothing is ever said.</summary>
    Hangs,

    /// <summary>A transaction is cancelled, since another one holds an item.</summary>
    Conflict,

    /// <summary>The server does it, and says that it is still at it.</summary>
    InProgress,

    /// <summary>A transaction is cancelled for a reason that stays.</summary>
    Invalid,
}
