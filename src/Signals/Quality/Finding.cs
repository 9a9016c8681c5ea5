namespace Grainwatch.Signals.Quality;

/// <summary>Something found at a place of the response. The text itself is never carried: a card may be shown to anyone.</summary>
/// <param name="Type">EMAIL, PHONE, CARD, IBAN, SSN, IP, SECRET or OTHER.</param>
/// <param name="Start">First UTF-16 code unit, counted from the start of the whole response.</param>
/// <param name="End">One past the last UTF-16 code unit.</param>
public readonly record struct Finding(string Type, int Start, int End);
