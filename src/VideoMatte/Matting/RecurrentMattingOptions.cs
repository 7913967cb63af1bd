using VideoMatte.Frames;

namespace VideoMatte.Matting;

/// <summary>What a recurrent model is and how it is to run.</summary>
public sealed record RecurrentMattingOptions
{
    /// <summary>Catalogue id; null for a file nobody knows.</summary>
    public string? Id { get; init; }

    /// <summary>Lower-case hex of the model file.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Name, or <c>unknown</c>.</summary>
    public string Licence { get; init; } = "unknown";

    /// <summary><c>rvm</c> or <c>plate</c>.</summary>
    public string Family { get; init; } = "rvm";

    /// <summary>In (0, 1]; null: <see cref="RecurrentMattingModel.AutomaticRatio"/>.</summary>
    public double? DownsampleRatio { get; init; }

    /// <summary>True: every frame also gets the network's foreground colour, in the picture's own planes.</summary>
    public bool ProduceForeground { get; init; } = true;

    /// <summary>Gives r1 to r4 for the first frame of a shot, by the picture's format and the ratio; asked again where these change. Null, here
    /// or as its answer: zeros.</summary>
    public Func<FrameFormat, float, IReadOnlyList<(float[] Values, long[] Shape)>?>? StartState { get; init; }

    /// <summary>Where the start state was made of a picture that a camera took which moves a little since: the network is shown each frame from
    /// that picture's view, and its matte comes back into the frame's. Has seen that picture. Null: the camera stands, or nobody minds.</summary>
    public ICameraFollower? Camera { get; init; }
}
