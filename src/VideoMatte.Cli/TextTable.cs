namespace VideoMatte.Cli;

/// <summary>Columns as wide as their widest cell; the last one runs free. Plain text, so that it can be piped.</summary>
internal static class TextTable
{
    public static void Write(TextWriter to, string[] head, IEnumerable<string[]> rows)
    {
        string[][] all = [head, .. rows.Select(r => r.Select(SafeText.Show).ToArray())];
        int[] widths = [.. Enumerable.Range(0, head.Length).Select(c => all.Max(r => r[c].Length))];
        foreach (string[] row in all)
            to.WriteLine(string.Join("  ", row.Select((cell, c) => c == row.Length - 1 ? cell : cell.PadRight(widths[c]))).TrimEnd());
    }
}
