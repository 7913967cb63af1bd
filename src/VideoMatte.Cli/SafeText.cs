using System.Globalization;
using System.Text;

namespace VideoMatte.Cli;

/// <summary>Text from outside (file names, tags, a child's stderr) as it may be shown on a terminal: control characters, bidirectional
/// and other invisible format characters, separators and broken surrogates become escapes, so that nothing moves the cursor, sets a
/// title, or reorders what is read.</summary>
internal static class SafeText
{
    public static string Show(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return string.Empty;
        var shown = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (!Rune.TryGetRuneAt(text, i, out Rune rune))
            {
                Escape(shown, text[i]);
                continue;
            }

            if (IsHarmless(rune))
                shown.Append(rune.ToString());
            else
                Escape(shown, rune.Value);
            i += rune.Utf16SequenceLength - 1;
        }

        return shown.ToString();
    }

    /// <summary>The same for many lines: line ends stay.</summary>
    public static string ShowLines(string? text) =>
        string.Join('\n', (text ?? string.Empty).ReplaceLineEndings("\n").Split('\n').Select(Show));

    private static bool IsHarmless(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned => false,
        _ => true,
    };

    private static void Escape(StringBuilder shown, int value) =>
        shown.Append(value < 0x100 ? "\\x" : value < 0x10000 ? "\\u" : "\\U")
            .Append(value.ToString(value < 0x100 ? "x2" : value < 0x10000 ? "x4" : "x8", CultureInfo.InvariantCulture));
}
