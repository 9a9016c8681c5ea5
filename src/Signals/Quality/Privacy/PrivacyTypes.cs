namespace Grainwatch.Signals.Quality.Privacy;

/// <summary>The types of findings, as cards print them.</summary>
public static class PrivacyTypes
{
    public const string Email = "EMAIL";
    public const string Phone = "PHONE";
    public const string Card = "CARD";
    public const string Iban = "IBAN";
    public const string Ssn = "SSN";
    public const string Ip = "IP";
    public const string Secret = "SECRET";
    public const string Other = "OTHER";
}
