namespace Grainwatch.Storage.Sqlite;

/// <summary>
/// Holds a data folder for one process. The operating system lets go of it when the process ends, however it ends, so
/// nothing is left behind that somebody would have to delete.
/// </summary>
internal sealed class FolderLock : IDisposable
{
    public const string FileName = "lock";

    private readonly FileStream _file;

    private FolderLock(FileStream file) => _file = file;

    /// <exception cref="StoreException">Another process holds it, or it cannot be written.</exception>
    public static FolderLock Take(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            return new FolderLock(new FileStream(Path.Combine(folder, FileName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (UnauthorizedAccessException e)
        {
            throw new StoreException($"the data folder {folder} cannot be written: {e.Message}", e);
        }
        catch (IOException e) when (Directory.Exists(folder))
        {
            throw new StoreException($"the data folder {folder} is used by another process; end it, or name another folder with --data", e);
        }
        catch (IOException e)
        {
            throw new StoreException($"the data folder {folder} cannot be made: {e.Message}", e);
        }
    }

    public void Dispose() => _file.Dispose();
}
