using System.Globalization;
using VideoMatte.Frames;
using VideoMatte.Matting.Subject;
using VideoMatte.Models;

namespace VideoMatte.Pipelines;

/// <summary>What can be said of a job's prompts before a frame is matted.</summary>
internal static class SubjectRules
{
    /// <exception cref="MatteException">Usage, <c>subject</c>.</exception>
    public static IReadOnlyList<SubjectPrompt> Parse(MattingJob job) => [.. job.Mattes.Subjects.Select(SubjectPrompt.Parse)];

    /// <param name="job">As asked.</param>
    /// <param name="model">That runs.</param>
    /// <param name="format">Of the frames as read: prompts are in its pixels.</param>
    /// <exception cref="MatteException">Usage: <c>prompt-missing</c>, <c>subject-outside</c>.</exception>
    public static void Check(MattingJob job, ModelFile model, FrameFormat format)
    {
        if (model.Family == ModelFamily.Prompt && job.Mattes.Subjects.Count == 0)
            throw Usage("prompt-missing", $"{model.Id} mattes what is pointed at: add --subject X,Y (a pixel on the subject) or --subject X1,Y1,X2,Y2 (a box around it).");
        foreach (string text in job.Mattes.Subjects)
        {
            SubjectPrompt prompt = SubjectPrompt.Parse(text);
            // A box may reach over the edge, for somebody who does.
            if (prompt.Left >= format.Width || prompt.Top >= format.Height)
                throw Usage("subject-outside", string.Create(
                    CultureInfo.InvariantCulture, $"--subject {text} points outside the picture, which is {format.Width}x{format.Height}: columns go from 0 to {format.Width - 1}, rows from 0 to {format.Height - 1}."));
        }
    }

    private static MatteException Usage(string code, string message) => new(ErrorKind.Usage, code, message);
}
