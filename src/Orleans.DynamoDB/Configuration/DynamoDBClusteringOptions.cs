using Orleans.Clustering.DynamoDB;

namespace Orleans.Configuration;

/// <summary>The membership table, as a silo uses it.</summary>
/// <remarks>
/// The names are those of the official package. Two defaults are not: a table is paid for per request, and one that is there is not
/// changed at start.
/// </remarks>
public class DynamoDBClusteringOptions : DynamoDBClientOptions
{
    /// <summary>Read capacity of a provisioned table, in units. The default is 10; at least 1.</summary>
    public int ReadCapacityUnits { get; set; } = 10;

    /// <summary>Write capacity of a provisioned table, in units. The default is 5; at least 1.</summary>
    public int WriteCapacityUnits { get; set; } = 5;

    /// <summary>Whether the table has a provisioned capacity. The default is false: it is paid for per request.</summary>
    public bool UseProvisionedThroughput { get; set; }

    /// <summary>Whether a missing table is created. The default is true.</summary>
    public bool CreateIfNotExists { get; set; } = true;

    /// <summary>Whether the capacity of a table that is there is changed to what is set here. The default is false.</summary>
    public bool UpdateIfExists { get; set; }

    /// <summary>The table. The default is <c>OrleansSilos</c>; several clusters may share one.</summary>
    public string TableName { get; set; } = "OrleansSilos";
}
