using Orleans.Configuration;

namespace Orleans.Clustering.DynamoDB;

/// <summary>Reads the options of a silo from one string.</summary>
public class DynamoDBMembershipHelper
{
    /// <param name="dataConnectionString">See <see cref="DynamoDBClusteringSiloOptions.ConnectionString"/>; what it lacks stays.</param>
    /// <param name="options">What is filled in.</param>
    public static void ParseDataConnectionString(string dataConnectionString, DynamoDBClusteringOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ConnectionString text = new(dataConnectionString);
        options.Service = text.Text(nameof(options.Service)) ?? options.Service;
        options.TableName = text.Text(nameof(options.TableName)) ?? options.TableName;
        options.AccessKey = text.Text(nameof(options.AccessKey)) ?? options.AccessKey;
        options.SecretKey = text.Text(nameof(options.SecretKey)) ?? options.SecretKey;
        options.ReadCapacityUnits = text.Number(nameof(options.ReadCapacityUnits)) ?? options.ReadCapacityUnits;
        options.WriteCapacityUnits = text.Number(nameof(options.WriteCapacityUnits)) ?? options.WriteCapacityUnits;
    }
}
