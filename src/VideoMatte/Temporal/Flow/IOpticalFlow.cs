namespace VideoMatte.Temporal.Flow;

/// <summary>Finds where each pixel of one picture went in another. Pictures are grey, of one size, fixed when it is made. Keeps its working
/// memory: nothing is allocated per pair. Used by one caller at a time.</summary>
public interface IOpticalFlow
{
    /// <summary>Columns of every picture.</summary>
    int Width { get; }

    /// <summary>Rows of every picture.</summary>
    int Height { get; }

    /// <summary>A picture for this flow to look at, empty yet. It may serve several flows, as the one looked from and as the one looked to.
    /// Flows made with the same size and options share pictures.</summary>
    FlowPicture NewPicture();

    /// <summary>The flow from one picture to another: what is at p in <paramref name="from"/> is at p + flow(p) in <paramref name="to"/>.</summary>
    /// <param name="from">Where the flow's vectors begin; only read.</param>
    /// <param name="to">Where they point; only read.</param>
    /// <param name="result">Of the pictures' size; overwritten. Pixels, x to the right, y down.</param>
    /// <exception cref="ArgumentException">A picture or the result is of another size, or a picture was made for other options.</exception>
    /// <exception cref="InvalidOperationException">A picture is empty.</exception>
    void Compute(FlowPicture from, FlowPicture to, FlowField result);
}
