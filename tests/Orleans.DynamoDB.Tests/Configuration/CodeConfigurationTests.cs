using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Grainwatch.DynamoDB.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Clustering.DynamoDB;
using Orleans.Configuration;
using Orleans.DynamoDB.Client;
using Orleans.Hosting;
using Orleans.Messaging;
using Orleans.Runtime;
using Orleans.Storage;

namespace Grainwatch.DynamoDB.Tests.Configuration;

/// <summary>Options by code, by connection string, and what a client makes of them.</summary>
public sealed class CodeConfigurationTests
{
    [Fact]
    public void Overloads_OfTheOfficialPackages_AreThere()
    {
        using IHost silo = Build(b => b.UseOrleans(s => s
            .UseDynamoDBClustering((DynamoDBClusteringOptions o) => o.TableName = "silos")
            .AddDynamoDBGrainStorageAsDefault((DynamoDBStorageOptions o) => o.TableName = "default")
            .AddDynamoDBGrainStorage("a", o => o.TableName = "a")
            .AddDynamoDBGrainStorage("b", (OptionsBuilder<DynamoDBStorageOptions> o) => o.Configure(x => x.TableName = "b"))));
        Assert.IsType<DynamoDBMembershipTable>(silo.Services.GetRequiredService<IMembershipTable>());
        Assert.Equal("silos", silo.Services.GetRequiredService<IOptions<DynamoDBClusteringOptions>>().Value.TableName);
        Assert.IsType<DynamoDBGrainStorage>(silo.Services.GetRequiredService<IGrainStorage>());
        IOptionsMonitor<DynamoDBStorageOptions> storage = silo.Services.GetRequiredService<IOptionsMonitor<DynamoDBStorageOptions>>();
        Assert.Equal(("default", "a", "b"), (storage.Get("Default").TableName, storage.Get("a").TableName, storage.Get("b").TableName));
        using IHost client = Build(b => b.UseOrleansClient(c => c.UseDynamoDBClustering((OptionsBuilder<DynamoDBGatewayOptions> o) => o.Configure(x => x.TableName = "gateways"))));
        Assert.IsType<DynamoDBGatewayListProvider>(client.Services.GetRequiredService<IGatewayListProvider>());
        Assert.Equal("gateways", client.Services.GetRequiredService<IOptions<DynamoDBGatewayOptions>>().Value.TableName);
        using IHost other = Build(b => b.UseOrleansClient(c => c.UseDynamoDBClustering((DynamoDBGatewayOptions o) => o.TableName = "gateways")));
        Assert.Equal("gateways", other.Services.GetRequiredService<IOptions<DynamoDBGatewayOptions>>().Value.TableName);
    }

    [Fact]
    public void ConnectionString_EveryPart_IsRead()
    {
        const string Text = "Service=http://127.0.0.1:1/x?a=b; TableName=t;AccessKey=a;SecretKey=s+/=;ReadCapacityUnits=3;WriteCapacityUnits=4;";
        DynamoDBClusteringOptions silo = new();
        DynamoDBMembershipHelper.ParseDataConnectionString(Text, silo);
        Assert.Equal(
            ("http://127.0.0.1:1/x?a=b", "t", "a", "s+/=", 3, 4),
            (silo.Service, silo.TableName, silo.AccessKey, silo.SecretKey, silo.ReadCapacityUnits, silo.WriteCapacityUnits));
        DynamoDBGatewayOptions client = new();
        DynamoDBGatewayListProviderHelper.ParseDataConnectionString(Text, client);
        Assert.Equal(
            ("http://127.0.0.1:1/x?a=b", "t", "a", "s+/=", 3, 4),
            (client.Service, client.TableName, client.AccessKey, client.SecretKey, client.ReadCapacityUnits, client.WriteCapacityUnits));
        Assert.Throws<FormatException>(() => DynamoDBMembershipHelper.ParseDataConnectionString("ReadCapacityUnits=many", silo));
    }

    [Fact]
    public void Client_OfAnySettings_GivesUp()
    {
        using AmazonDynamoDBClient client = ClientFactory.Create(new ClientSettings("eu-west-1", "a", "s", null, null));
        Assert.Equal(TimeSpan.FromSeconds(3), client.Config.Timeout);
        Assert.Equal((3, 2), (client.Config.MaxErrorRetry, client.Config.MaxStaleConnectionRetries));
        Assert.Equal("eu-west-1", client.Config.RegionEndpoint.SystemName);
        using AmazonDynamoDBClient once = ClientFactory.CreateForOneAttempt(new ClientSettings("eu-west-1", "a", "s", null, null));
        Assert.Equal((0, 0), (once.Config.MaxErrorRetry, once.Config.MaxStaleConnectionRetries));
    }

    [Theory]
    [InlineData("eu-west-1", "a", "s", null, typeof(BasicAWSCredentials))]
    [InlineData("eu-west-1", "a", "s", "t", typeof(SessionAWSCredentials))]
    [InlineData("https://vpce.example", "a", "s", "t", typeof(SessionAWSCredentials))]
    [InlineData("http://127.0.0.1:1", null, null, null, typeof(BasicAWSCredentials))]
    [InlineData("http://127.0.0.1:1", "a", "s", null, typeof(BasicAWSCredentials))]
    public void Client_ExplicitSettings_GoBeforeTheEnvironment(string service, string? access, string? secret, string? token, Type credentials)
    {
        AWSCredentials found = Assert.IsAssignableFrom<AWSCredentials>(ClientFactory.Credentials(new ClientSettings(service, access, secret, token, null)));
        Assert.IsType(credentials, found);
        Assert.Equal(access ?? "dummy", found.GetCredentials().AccessKey);
        Assert.Equal(token ?? string.Empty, found.GetCredentials().Token);
    }

    [Theory]
    [InlineData("eu-west-1", null)]
    [InlineData("https://vpce.example", null)]
    [InlineData("eu-west-1", "a key without its secret")]
    public void Client_NoSettings_LeavesItToTheChain(string service, string? access) =>
        Assert.Null(ClientFactory.Credentials(new ClientSettings(service, access, null, "a token alone", null)));

    [Fact]
    public void Client_ProfileThatIsNotThere_IsNamed()
    {
        InvalidOperationException fault = Assert.Throws<InvalidOperationException>(() => ClientFactory.Create(new ClientSettings("eu-west-1", null, null, null, "no-such-profile")));
        Assert.Contains("no-such-profile", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_Text_HoldsNoSecret() =>
        Assert.DoesNotContain("hidden", new ClientSettings("eu-west-1", "hidden", "hidden", "hidden", "hidden").ToString(), StringComparison.Ordinal);

    [Fact]
    public void Validator_SeveralFaults_NamesEach()
    {
        DynamoDBStorageOptions options = new() { TableName = " ", UseProvisionedThroughput = true, ReadCapacityUnits = 0, WriteCapacityUnits = -1, TimeToLive = TimeSpan.Zero };
        OrleansConfigurationException fault = Assert.Throws<OrleansConfigurationException>(() => new DynamoDBGrainStorageOptionsValidator(options, "n").ValidateConfiguration());
        Assert.All((string[])["TableName", "ReadCapacityUnits", "WriteCapacityUnits", "TimeToLive"], n => Assert.Contains(n, fault.Message, StringComparison.Ordinal));
        new DynamoDBGrainStorageOptionsValidator(new DynamoDBStorageOptions(), "n").ValidateConfiguration();
    }

    private static IHost Build(Action<HostApplicationBuilder> configure)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        configure(builder);
        return builder.Build();
    }
}
