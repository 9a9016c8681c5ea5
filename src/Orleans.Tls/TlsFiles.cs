namespace Orleans.Tls;

/// <summary>The three files as they were read.</summary>
internal sealed record TlsFiles(string Certificate, string Key, string Authority);
