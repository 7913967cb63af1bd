using System.Security.Cryptography;

namespace VideoMatte.Media;

/// <summary>Gives finished files their names: all of them, or, where one fails, none, with every file that was there before back in its
/// place.</summary>
internal static class FinalNames
{
    /// <param name="renames">Files that are whole, what they shall be called, in the same folder, and whether a file of that name is
    /// replaced; else it is an error.</param>
    /// <exception cref="IOException">A rename failed; everything is as it was.</exception>
    public static void Give(IReadOnlyList<(string From, string To, bool Overwrite)> renames)
    {
        Stack<(string From, string To)> done = new();
        List<string> replaced = [];
        try
        {
            foreach ((string from, string to, bool overwrite) in renames)
            {
                if (overwrite && File.Exists(to))
                {
                    string aside = Path.Combine(Path.GetDirectoryName(to)!, ".replaced-" + RandomNumberGenerator.GetHexString(16, lowercase: true));
                    Move(to, aside, done);
                    replaced.Add(aside);
                }

                Move(from, to, done);
            }
        }
        catch
        {
            foreach ((string from, string to) in done)
                TryMove(to, from);
            throw;
        }

        foreach (string file in replaced)
            TryDelete(file);
    }

    private static void Move(string from, string to, Stack<(string From, string To)> done)
    {
        File.Move(from, to);
        done.Push((from, to));
    }

    private static void TryMove(string from, string to)
    {
        try
        {
            File.Move(from, to);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The first failure is the one to report.
        }
    }

    private static void TryDelete(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The new file has its name; an old one that cannot be removed does not undo that.
        }
    }
}
