using Orleans.Runtime;

namespace Orleans.Configuration;

/// <summary>Refuses options with which no table can be made, before the silo starts.</summary>
public class DynamoDBGrainStorageOptionsValidator(DynamoDBStorageOptions options, string name) : IConfigurationValidator
{
    /// <exception cref="OrleansConfigurationException">Every fault at once.</exception>
    public void ValidateConfiguration()
    {
        List<string> faults = [];
        if (string.IsNullOrWhiteSpace(options.TableName))
        {
            faults.Add($"{nameof(options.TableName)} is empty");
        }

        if (options.UseProvisionedThroughput && options.ReadCapacityUnits < 1)
        {
            faults.Add($"{nameof(options.ReadCapacityUnits)} is below 1");
        }

        if (options.UseProvisionedThroughput && options.WriteCapacityUnits < 1)
        {
            faults.Add($"{nameof(options.WriteCapacityUnits)} is below 1");
        }

        if (options.TimeToLive <= TimeSpan.Zero)
        {
            faults.Add($"{nameof(options.TimeToLive)} is not positive");
        }

        if (faults.Count > 0)
        {
            throw new OrleansConfigurationException($"The DynamoDB grain storage '{name}': {string.Join("; ", faults)}");
        }
    }
}
