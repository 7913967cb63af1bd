using VideoMatte.Frames;

namespace VideoMatte.Matting.Subject;

/// <summary>A model that is told whom to keep, and may be told anew: for looks here and there into a clip.</summary>
public interface IPointable
{
    /// <summary>Forgets everybody and looks under these prompts from the next frame on.</summary>
    /// <param name="prompts">In place of all before; none: everything is kept, or, by a model that needs prompts, nothing is found.</param>
    /// <param name="begin">What their times count from, on the frames' own clock.</param>
    void PointAt(IReadOnlyList<SubjectPrompt> prompts, Rational begin);
}
