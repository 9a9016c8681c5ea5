namespace Orleans.Configuration;

/// <summary>The membership table as one string; see <see cref="Clustering.DynamoDB.DynamoDBMembershipHelper"/>.</summary>
public class DynamoDBClusteringSiloOptions
{
    /// <summary>
    /// <c>Service=..;TableName=..;AccessKey=..;SecretKey=..;ReadCapacityUnits=..;WriteCapacityUnits=..</c>, any part of it.
    /// </summary>
    [RedactConnectionString]
    public string ConnectionString { get; set; } = null!;
}
