namespace VideoMatte.Cli;

/// <summary>Text from outside as a cell of CSV.</summary>
internal static class CsvText
{
    /// <summary>What a spreadsheet takes for the beginning of a formula.</summary>
    private const string FormulaStarts = "=+-@";

    /// <summary>Control and bidirectional characters become escapes, as on a terminal; a text that a spreadsheet would calculate begins with an
    /// apostrophe, by which it stays text; it and what holds commas or quotes is quoted.</summary>
    public static string Cell(string? text)
    {
        string shown = SafeText.Show(text);
        bool formula = shown.Length > 0 && FormulaStarts.Contains(shown.TrimStart() is [char first, ..] ? first : ' ', StringComparison.Ordinal);
        if (formula)
            shown = "'" + shown;
        return formula || shown.AsSpan().ContainsAny(',', '"', ';') ? $"\"{shown.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : shown;
    }
}
