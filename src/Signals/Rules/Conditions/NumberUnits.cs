namespace Grainwatch.Signals.Rules.Conditions;

/// <summary>Spelling and size of the units of numbers.</summary>
internal static class NumberUnits
{
    private static readonly (string Text, NumberUnit Unit, double Scale)[] All =
    [
        ("%", NumberUnit.Percent, 0.01),
        ("ms", NumberUnit.Milliseconds, 0.001),
        ("s", NumberUnit.Seconds, 1),
        ("m", NumberUnit.Minutes, 60),
        ("h", NumberUnit.Hours, 3600),
        ("B", NumberUnit.Bytes, 1),
        ("KiB", NumberUnit.KiB, 1024),
        ("MiB", NumberUnit.MiB, 1024.0 * 1024.0),
        ("GiB", NumberUnit.GiB, 1024.0 * 1024.0 * 1024.0),
    ];

    public static string Known => string.Join(", ", All.Select(u => u.Text)) + ", /s, /m, /h";

    public static bool TryParse(string text, out NumberUnit unit)
    {
        int index = Array.FindIndex(All, u => string.Equals(u.Text, text, StringComparison.Ordinal));
        unit = index < 0 ? NumberUnit.None : All[index].Unit;
        return index >= 0;
    }

    public static string Text(NumberUnit unit) => unit == NumberUnit.None ? "" : Array.Find(All, u => u.Unit == unit).Text;

    public static double Scale(NumberUnit unit) => unit == NumberUnit.None ? 1.0 : Array.Find(All, u => u.Unit == unit).Scale;

    public static bool IsTime(NumberUnit unit) =>
        unit is NumberUnit.Milliseconds or NumberUnit.Seconds or NumberUnit.Minutes or NumberUnit.Hours;
}
