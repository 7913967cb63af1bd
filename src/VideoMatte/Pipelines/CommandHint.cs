namespace VideoMatte.Pipelines;

/// <summary>The command a job came from, to be pasted again with another option.</summary>
internal static class CommandHint
{
    private const string Overwrite = "--overwrite";

    /// <param name="job">Its words; where they are not known, its input and output stand for them.</param>
    /// <param name="option">Takes a value, and replaces what was given for it.</param>
    /// <param name="value">The option's.</param>
    public static string With(MattingJob job, string option, string value)
    {
        List<string> words = [.. job.Arguments];
        if (words.Count == 0)
            words = job.Output is { } output ? [job.Input, "-o", output] : [job.Input];
        int literal = words.IndexOf("--"), given = words.IndexOf(option);
        if (given >= 0 && (literal < 0 || given < literal))
            words.RemoveRange(given, Math.Min(2, words.Count - given));
        words.RemoveAll(w => w.StartsWith(option + "=", StringComparison.Ordinal));
        // In front, where no "--" makes a name of an option.
        words.InsertRange(0, [option, value]);
        if (!words.Contains(Overwrite))
            words.Insert(2, Overwrite);
        return string.Join(' ', words.Prepend("matte").Prepend("videomatte").Select(Quoted));
    }

    private static string Quoted(string word)
    {
        if (word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || "-_./:,=+@%".Contains(c, StringComparison.Ordinal)))
            return word;
        return OperatingSystem.IsWindows()
            ? $"\"{word.Replace("\"", "\\\"", StringComparison.Ordinal)}\""
            : $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'";
    }
}
