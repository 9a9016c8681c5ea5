using System.Text.Json;
using Grainwatch.DynamoDB.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Orleans;
using Orleans.Configuration;
using Orleans.Runtime;
using Orleans.Serialization.Activators;
using Orleans.Serialization.Serializers;
using Orleans.Storage;

namespace Grainwatch.DynamoDB.Tests.Storage;

/// <summary>A storage of one name, behind a proxy of its own; each test has its own grain.</summary>
internal sealed class StorageFixture : IAsyncDisposable
{
    public const string TableName = "OrleansGrainState";

    private static int _grains;

    private StorageFixture(DynamoProxy proxy)
    {
        Proxy = proxy;
        Rows = new Table(proxy.Url, TableName);
    }

    public DynamoProxy Proxy { get; }

    public Table Rows { get; }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));

    public GrainId Grain { get; } = GrainId.Create("test", $"grain-{Interlocked.Increment(ref _grains)}");

    public DynamoDBGrainStorage Storage { get; private set; } = null!;

    public static async Task<StorageFixture> StartAsync(MotoServer server, Action<DynamoDBStorageOptions>? configure = null)
    {
        StorageFixture fixture = new(await DynamoProxy.StartAsync(server));
        fixture.Storage = await fixture.OpenAsync(configure);
        return fixture;
    }

    public async Task<DynamoDBGrainStorage> OpenAsync(Action<DynamoDBStorageOptions>? configure = null)
    {
        DynamoDBStorageOptions options = new() { Service = Proxy.Url, ServiceId = "svc", TableName = TableName, GrainStorageSerializer = new Json() };
        configure?.Invoke(options);
        DynamoDBGrainStorage storage = new("test", options, new Activators(), NullLogger<DynamoDBGrainStorage>.Instance, Time);
        await storage.Init(CancellationToken.None);
        return storage;
    }

    public async Task<GrainState<Note>> WriteAsync(string text, string? etag = null)
    {
        GrainState<Note> state = new(new Note { Text = text }, etag!);
        await Storage.WriteStateAsync("note", Grain, state, CancellationToken.None);
        return state;
    }

    public async Task<GrainState<Note>> ReadAsync()
    {
        GrainState<Note> state = new();
        await Storage.ReadStateAsync("note", Grain, state, CancellationToken.None);
        return state;
    }

    public async ValueTask DisposeAsync()
    {
        await Storage.Close(CancellationToken.None);
        Rows.Dispose();
        await Proxy.DisposeAsync();
    }

    private sealed class Json : IGrainStorageSerializer
    {
        public BinaryData Serialize<T>(T? input) => new(JsonSerializer.SerializeToUtf8Bytes(input));

        public T? Deserialize<T>(BinaryData input) => JsonSerializer.Deserialize<T>(input)!;
    }

    private sealed class Activators : IActivatorProvider
    {
        public IActivator<T> GetActivator<T>() => new Activator<T>();
    }

    private sealed class Activator<T> : IActivator<T>
    {
        public T Create() => Activator.CreateInstance<T>();
    }
}
