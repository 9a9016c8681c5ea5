using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;
using Orleans.Providers;
using Orleans.Storage;

namespace Grainwatch.Storage.Sqlite.Hosting;

/// <summary>Makes a store the grain storage of a silo.</summary>
public static class SqliteStorageExtensions
{
    /// <param name="silo">Whose grains are stored.</param>
    /// <param name="store">Opened and disposed of by the caller, after the silo has ended.</param>
    public static ISiloBuilder AddSqliteGrainStorageAsDefault(this ISiloBuilder silo, SqliteStore store)
    {
        ArgumentNullException.ThrowIfNull(silo);
        ArgumentNullException.ThrowIfNull(store);
        silo.Services.AddKeyedSingleton<IGrainStorage>(
            ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME,
            (services, _) => new SqliteGrainStorage(store, services.GetRequiredService<IGrainStorageSerializer>()));
        silo.Services.AddSingleton(services => services.GetRequiredKeyedService<IGrainStorage>(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME));
        return silo;
    }
}
