using VideoMatte.Compositing;
using VideoMatte.Frames;
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
            BackgroundKind.Colour => new ColourBackground(background.Colour, pool),
            BackgroundKind.Blur => new BlurBackground(background.BlurRadius, pool),
            BackgroundKind.File => await FromFileAsync(prepared, background.File!, sides, pool, time, cancellationToken).ConfigureAwait(false),
            _ => throw new InvalidOperationException("no background is asked for"),
        };
    }

    private static async Task<IBackgroundSource> FromFileAsync(
        PreparedJob prepared, string file, SideReaders sides, IFramePool pool, TimeProvider time, CancellationToken cancellationToken)
    {
        MediaInfo info = await MediaProbe.ProbeAsync(prepared.Tools, file, prepared.Source.Video.AverageRate, prepared.Job.MaxPixels, cancellationToken).ConfigureAwait(false);
        var options = new ReaderOptions { Target = prepared.Format, Fit = Fit.Cover, Loop = !info.IsStillImage, MaxPixels = prepared.Job.MaxPixels };
        return new BackgroundFeed(sides.Add(await MediaReader.OpenAsync(prepared.Tools, info, options, pool, time, cancellationToken).ConfigureAwait(false)));
    }
}
