using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Clustering.DynamoDB;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Messaging;
using Orleans.Storage;

namespace Grainwatch.DynamoDB.Tests.Configuration;

/// <summary>Every option by its own key of a configuration, and nothing by another's.</summary>
public sealed class ConfigurationKeyTests
{
    private static readonly Dictionary<string, (string Text, object Value)> Clustering = new()
    {
        ["AccessKey"] = ("the-access-key", "the-access-key"),
        ["SecretKey"] = ("the-secret-key", "the-secret-key"),
        ["Service"] = ("http://127.0.0.1:1", "http://127.0.0.1:1"),
        ["Token"] = ("the-token", "the-token"),
        ["ProfileName"] = ("the-profile", "the-profile"),
        ["ReadCapacityUnits"] = ("21", 21),
        ["WriteCapacityUnits"] = ("22", 22),
        ["UseProvisionedThroughput"] = ("true", true),
        ["CreateIfNotExists"] = ("false", false),
        ["UpdateIfExists"] = ("true", true),
        ["TableName"] = ("the-table", "the-table"),
    };

    private static readonly Dictionary<string, (string Text, object Value)> Storage = new(Clustering)
    {
        ["ServiceId"] = ("the-service", "the-service"),
        ["DeleteStateOnClear"] = ("true", true),
        ["InitStage"] = ("12000", 12000),
        ["TimeToLive"] = ("1.02:00:00", TimeSpan.FromHours(26)),
    };

    public static TheoryData<string> ClusteringKeys => [.. Clustering.Keys];

    public static TheoryData<string> StorageKeys => [.. Storage.Keys];

    [Fact]
    public void Keys_OfTheseTests_AreAllThatThereAre()
    {
        Assert.Equal(Names<DynamoDBClusteringOptions>(), Clustering.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(Names<DynamoDBGatewayOptions>(), Clustering.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(Names<DynamoDBStorageOptions>(), Storage.Keys.Append("GrainStorageSerializer").Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(ClusteringKeys))]
    public void ClusteringOfASilo_OneKey_SetsThatOptionAlone(string key)
    {
        using IHost host = Silo(Section("Orleans:Clustering", key, Clustering[key].Text));
        Assert.IsType<DynamoDBMembershipTable>(host.Services.GetRequiredService<IMembershipTable>());
        AssertOne(new DynamoDBClusteringOptions(), host.Services.GetRequiredService<IOptions<DynamoDBClusteringOptions>>().Value, key, Clustering[key].Value);
    }

    [Theory]
    [MemberData(nameof(ClusteringKeys))]
    public void ClusteringOfAClient_OneKey_SetsThatOptionAlone(string key)
    {
        using IHost host = Client(Section("Orleans:Clustering", key, Clustering[key].Text));
        Assert.IsType<DynamoDBGatewayListProvider>(host.Services.GetRequiredService<IGatewayListProvider>());
        AssertOne(new DynamoDBGatewayOptions(), host.Services.GetRequiredService<IOptions<DynamoDBGatewayOptions>>().Value, key, Clustering[key].Value);
    }

    [Theory]
    [MemberData(nameof(StorageKeys))]
    public void GrainStorage_OneKey_SetsThatOptionAlone(string key)
    {
        using IHost host = Silo(
            Section("Orleans:GrainStorage:notes", key, Storage[key].Text), silo => silo.UseLocalhostClustering());
        Assert.IsType<DynamoDBGrainStorage>(host.Services.GetRequiredKeyedService<IGrainStorage>("notes"));
        DynamoDBStorageOptions options = host.Services.GetRequiredService<IOptionsMonitor<DynamoDBStorageOptions>>().Get("notes");
        Assert.NotNull(options.GrainStorageSerializer);
        options.GrainStorageSerializer = null!;
        AssertOne(new DynamoDBStorageOptions(), options, key, Storage[key].Value);
    }

    [Fact]
    public void Region_WithoutService_StandsForIt()
    {
        using IHost silo = Silo(Section("Orleans:Clustering", "Region", "eu-north-1"));
        Assert.Equal("eu-north-1", silo.Services.GetRequiredService<IOptions<DynamoDBClusteringOptions>>().Value.Service);
        using IHost client = Client(Section("Orleans:Clustering", "Region", "eu-north-1"));
        Assert.Equal("eu-north-1", client.Services.GetRequiredService<IOptions<DynamoDBGatewayOptions>>().Value.Service);
        using IHost storage = Silo(Section("Orleans:GrainStorage:notes", "Region", "eu-north-1"), s => s.UseLocalhostClustering());
        Assert.Equal("eu-north-1", storage.Services.GetRequiredService<IOptionsMonitor<DynamoDBStorageOptions>>().Get("notes").Service);
    }

    [Fact]
    public void SerializerKey_NamesASerializerOfTheContainer()
    {
        Dictionary<string, string?> section = Section("Orleans:GrainStorage:notes", "SerializerKey", "mine");
        using IHost host = Silo(section, s =>
        {
            s.UseLocalhostClustering();
            s.Services.AddKeyedSingleton<IGrainStorageSerializer, Mine>("mine");
        });
        Assert.IsType<Mine>(host.Services.GetRequiredService<IOptionsMonitor<DynamoDBStorageOptions>>().Get("notes").GrainStorageSerializer);
    }

    [Fact]
    public void Number_ThatIsNone_IsRefusedWithItsKey()
    {
        using IHost host = Silo(Section("Orleans:Clustering", "ReadCapacityUnits", "many"));
        InvalidOperationException fault = Assert.Throws<InvalidOperationException>(() => host.Services.GetRequiredService<IOptions<DynamoDBClusteringOptions>>().Value);
        Assert.Contains("Orleans:Clustering:ReadCapacityUnits", fault.Message, StringComparison.Ordinal);
    }

    private static Dictionary<string, string?> Section(string path, string key, string value) => new() { [$"{path}:ProviderType"] = "DynamoDB", [$"{path}:{key}"] = value };

    private static IHost Silo(Dictionary<string, string?> configuration, Action<ISiloBuilder>? configure = null) => Build(configuration, b => b.UseOrleans(s => configure?.Invoke(s)));

    private static IHost Client(Dictionary<string, string?> configuration) => Build(configuration, b => b.UseOrleansClient(_ => { }));

    private static IHost Build(Dictionary<string, string?> configuration, Action<HostApplicationBuilder> configure)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(configuration);
        configure(builder);
        return builder.Build();
    }

    private static void AssertOne<T>(T defaults, T options, string key, object value)
    {
        foreach (PropertyInfo property in typeof(T).GetProperties())
        {
            Assert.Equal(property.Name == key ? value : property.GetValue(defaults), property.GetValue(options));
        }
    }

    private static IEnumerable<string> Names<T>() => typeof(T).GetProperties().Select(p => p.Name).Order(StringComparer.Ordinal);

    private sealed class Mine : IGrainStorageSerializer
    {
        public BinaryData Serialize<T>(T? input) => throw new NotSupportedException();

        public T? Deserialize<T>(BinaryData input) => throw new NotSupportedException();
    }
}
