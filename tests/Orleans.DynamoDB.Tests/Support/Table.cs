using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;

namespace Grainwatch.DynamoDB.Tests.Support;

/// <summary>Looks at rows, and spoils them, beside the code under test.</summary>
internal sealed class Table(string url, string name) : IDisposable
{
    private readonly AmazonDynamoDBClient _client = new(new BasicAWSCredentials("dummy", "dummyKey"), new AmazonDynamoDBConfig { ServiceURL = url });

    public AmazonDynamoDBClient Client => _client;

    public async Task<Dictionary<string, AttributeValue>?> GetAsync(string hash, string range) => (await AllAsync())
        .SingleOrDefault(i => i.Values.Any(v => v.S == hash) && i.Values.Any(v => v.S == range));

    public async Task<List<Dictionary<string, AttributeValue>>> AllAsync() =>
        (await _client.ScanAsync(new ScanRequest { TableName = name, ConsistentRead = true })).Items ?? [];

    public Task PutAsync(Dictionary<string, AttributeValue> item) => _client.PutItemAsync(new PutItemRequest { TableName = name, Item = item });

    public Task DeleteAsync(Dictionary<string, AttributeValue> key) => _client.DeleteItemAsync(new DeleteItemRequest { TableName = name, Key = key });

    public void Dispose() => _client.Dispose();
}
