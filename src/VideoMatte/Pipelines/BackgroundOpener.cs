using VideoMatte.Compositing;
using VideoMatte.Frames;
using VideoMatte.Matting;
using VideoMatte.Media;

namespace VideoMatte.Pipelines;

/// <summary>Makes the source of what lies behind the cutout.</summary>
internal static class BackgroundOpener
{
    public static async Task<IBackgroundSource> OpenAsync(PreparedJob prepared, SideReaders sides, IFramePool pool, TimeProvider time, CancellationToken cancellationToken)
    {
        BackgroundOptions background = prepared.Background;
        return background.Kind switch
        {
            BackgroundKind.Colour => new ColourBackground(background.Colour, pool, ColourIn),
            BackgroundKind.Blur => new BlurBackground(background.BlurRadius, pool),
            BackgroundKind.File => await FromFileAsync(prepared, sides, pool, time, cancellationToken).ConfigureAwait(false),
            _ => throw new InvalidOperationException("no background is asked for"),
        };
    }

    private static async Task<IBackgroundSource> FromFileAsync(
        PreparedJob prepared, SideReaders sides, IFramePool pool, TimeProvider time, CancellationToken cancellationToken)
    {
        MediaInfo info = prepared.BackgroundFile!;
        LightMatch? match = LightMatch.Between(info.Video.Format, prepared.Format);
        FrameFormat read = match is null ? prepared.Format : LitBackground.ReadAs(prepared.Format);
        var options = new ReaderOptions { Target = read, Fit = Fit.Cover, Loop = !info.IsStillImage, MaxPixels = prepared.Job.MaxPixels };
        var feed = new BackgroundFeed(sides.Add(await MediaReader.OpenAsync(prepared.Tools, info, options, pool, time, cancellationToken).ConfigureAwait(false)));
        return match is null ? feed : new LitBackground(feed, match, prepared.Format, pool);
    }

    /// <summary>A colour is written for an SDR display.</summary>
    private static (double R, double G, double B) ColourIn(FrameFormat format, (double R, double G, double B) colour)
    {
        if (LightMatch.Between(new FrameFormat(1, 1, PlaneLayout.Gbr, 8, ColourDescription.Rgb), format) is not { } match)
            return colour;
        float[] r = [(float)colour.R], g = [(float)colour.G], b = [(float)colour.B];
        match.Apply(r, g, b);
        return (r[0], g[0], b[0]);
    }
}
