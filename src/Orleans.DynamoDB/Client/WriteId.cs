using System.Security.Cryptography;

namespace Orleans.DynamoDB.Client;

/// <summary>Names one write, so that whoever did not hear the answer recognises its own row.</summary>
/// <remarks>
/// An etag is a number that counts: two writers that start from the same row write the same number. This one is drawn for a call
/// and kept over all its attempts. Found in the table it proves that the write happened; not found it proves nothing.
/// </remarks>
internal static class WriteId
{
    /// <summary>Of the attribute in every row that this project writes; the official packages neither read nor write it.</summary>
    public const string Attribute = "WriteId";

    /// <summary>32 hexadecimal digits: fits a client request token of DynamoDB, which takes 36 characters.</summary>
    public static string Next() => RandomNumberGenerator.GetHexString(32, lowercase: true);
}
