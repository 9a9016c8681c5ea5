using Orleans.Persistence.DynamoDB;
using Orleans.Storage;

namespace Orleans.Configuration;

/// <summary>A table of grain states. One table serves any number of grain types, states and services.</summary>
/// <remarks>
/// The names are those of the official package. Two defaults are not: a table is paid for per request, and one that is there is not
/// changed at start.
/// </remarks>
public class DynamoDBStorageOptions : DynamoDBClientOptions, IStorageProviderSerializerOptions
{
    /// <summary>The default of <see cref="InitStage"/>.</summary>
#pragma warning disable CA1707 // The official name.
    public const int DEFAULT_INIT_STAGE = ServiceLifecycleStage.ApplicationServices;
#pragma warning restore CA1707

    /// <summary>Begins every key. The default is empty, as in the official package: set it where services share a table.</summary>
    public string ServiceId { get; set; } = string.Empty;

    /// <summary>Whether the table has a provisioned capacity. The default is false: it is paid for per request.</summary>
    public bool UseProvisionedThroughput { get; set; }

    /// <summary>Whether a missing table is created. The default is true.</summary>
    public bool CreateIfNotExists { get; set; } = true;

    /// <summary>Whether capacity and expiry of a table that is there are changed to what is set here. The default is false.</summary>
    public bool UpdateIfExists { get; set; }

    /// <summary>Read capacity of a provisioned table, in units. The default is 10; at least 1.</summary>
    public int ReadCapacityUnits { get; set; } = 10;

    /// <summary>Write capacity of a provisioned table, in units. The default is 5; at least 1.</summary>
    public int WriteCapacityUnits { get; set; } = 5;

    /// <summary>The table. The default is <c>OrleansGrainState</c>.</summary>
    public string TableName { get; set; } = "OrleansGrainState";

    /// <summary>Whether a cleared state loses its row. The default is false: the row stays, empty, and its etag goes on counting.</summary>
    public bool DeleteStateOnClear { get; set; }

    /// <summary>The stage of the silo's life in which the table is made ready.</summary>
    public int InitStage { get; set; } = DEFAULT_INIT_STAGE;

    /// <summary>How long a row stays after its last write, or days longer. The default is null: it stays.</summary>
    public TimeSpan? TimeToLive { get; set; }

    /// <inheritdoc/>
    public IGrainStorageSerializer GrainStorageSerializer { get; set; } = null!;
}
