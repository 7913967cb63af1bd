using System.Text;
using VideoMatte.Frames;

namespace VideoMatte.Cli;

/// <summary>Standard output as text: where it cannot be written (a full disk, a reader that has gone) that is an error of the output, said in one
/// sentence, and no defect.</summary>
/// <param name="inner">Not disposed.</param>
internal sealed class AnswerWriter(TextWriter inner) : TextWriter(inner.FormatProvider)
{
    public const string Unwritable = "stdout-unwritable";

    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => Guard(() => inner.Write(value));

    public override void Write(string? value) => Guard(() => inner.Write(value));

    public override void Write(char[] buffer, int index, int count) => Guard(() => inner.Write(buffer, index, count));

    public override void Flush() => Guard(inner.Flush);

    private static void Guard(Action write)
    {
        try
        {
            write();
        }
        catch (IOException error)
        {
            throw new MatteException(ErrorKind.Output, Unwritable, $"Standard output cannot be written: {error.Message.TrimEnd('.')}.", error);
        }
    }
}
