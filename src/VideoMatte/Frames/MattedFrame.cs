namespace VideoMatte.Frames;

/// <summary>A frame with its matte and, where made, the repainted pictures. Owns and disposes all of them.</summary>
public sealed class MattedFrame : IFrameCarrier
{
    /// <param name="picture">Moves in, also when the call throws.</param>
    /// <param name="alpha">Moves in, also when the call throws; same size as the picture.</param>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public MattedFrame(VideoFrame picture, AlphaMatte alpha)
    {
        if (alpha.Width != picture.Format.Width || alpha.Height != picture.Format.Height)
        {
            picture.Dispose();
            alpha.Dispose();
            throw new ArgumentException("the matte has another size than the picture", nameof(alpha));
        }

        Picture = picture;
        Alpha = alpha;
    }

    /// <summary>The source, untouched.</summary>
    public VideoFrame Picture { get; }

    public AlphaMatte Alpha { get; private set; }

    /// <summary>The foreground colour F, straight, in planes: the source's own samples where alpha is full. Null: the source serves.</summary>
    public VideoFrame? Foreground { get; private set; }

    /// <summary>What an encoder gets in place of the foreground: the composite over a background, or associated planes. Null: none made.</summary>
    public VideoFrame? Rendered { get; private set; }

    public FrameTime Time => Picture.Time;

    public bool StartsShot => Picture.StartsShot;

    /// <summary>Takes the matte over and disposes the one before.</summary>
    public void ReplaceAlpha(AlphaMatte alpha)
    {
        AlphaMatte before = Alpha;
        Alpha = alpha;
        before.Dispose();
    }

    /// <summary>Takes the foreground over and disposes the one before.</summary>
    public void ReplaceForeground(VideoFrame? foreground)
    {
        Foreground?.Dispose();
        Foreground = foreground;
    }

    /// <summary>Takes the rendered picture over and disposes the one before.</summary>
    public void ReplaceRendered(VideoFrame? rendered)
    {
        Rendered?.Dispose();
        Rendered = rendered;
    }

    public void Dispose()
    {
        Picture.Dispose();
        Alpha.Dispose();
        Foreground?.Dispose();
        Rendered?.Dispose();
    }
}
