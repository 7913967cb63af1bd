using System.Globalization;
using VideoMatte.Frames;

namespace VideoMatte.Compositing;

/// <summary>Mattes at one glance: for each frame a triple of tiles, the picture, its alpha as grey, and the cutout on a checkerboard, with
/// the frame's time (and index) written small into the first. Triples are laid out in as many columns as bring the sheet nearest to
/// 4:3.</summary>
/// <remarks>Tiles keep the display's proportions (the sample aspect counts). Everything is made at the tile's size: areas averaged, the
/// cutout from premultiplied averages, so that no outside colour enters its edge. The foreground shown is
/// <see cref="MattedFrame.Foreground"/> where there is one.</remarks>
public static class ContactSheet
{
    private const int TilesEach = 3;
    private const double WantedAspect = 4.0 / 3;

    /// <summary>Grey between tiles and around them.</summary>
    private const byte Gap = 24;

    /// <summary>Greys of the checkerboard.</summary>
    private const byte LightSquare = 204;
    private const byte DarkSquare = 153;

    /// <summary>Draws the sheet.</summary>
    /// <param name="frames">One or more of one format; borrowed.</param>
    /// <param name="tileWidth">Pixels across one tile, 16 to 4096.</param>
    /// <param name="pool">Lends the sheet.</param>
    /// <param name="numbered">The frames' indices count from the start of the clip, and are shown.</param>
    /// <returns>A G'B'R' frame of 8 bits, full range, at time 0; the caller owns it.</returns>
    /// <exception cref="ArgumentException">No frame, or frames of different formats.</exception>
    public static VideoFrame Render(IReadOnlyList<MattedFrame> frames, int tileWidth, IFramePool pool, bool numbered = true)
    {
        ArgumentNullException.ThrowIfNull(frames);
        ArgumentNullException.ThrowIfNull(pool);
        ArgumentOutOfRangeException.ThrowIfLessThan(tileWidth, 16);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(tileWidth, 4096);
        if (frames.Count == 0)
            throw new ArgumentException("contact sheet: no frame", nameof(frames));
        FrameFormat format = frames[0].Picture.Format;
        if (frames.Any(f => f.Picture.Format != format))
            throw new ArgumentException("contact sheet: frames of different formats", nameof(frames));

        double aspect = format.Width * format.SampleAspect.ToDouble() / format.Height;
        int tileHeight = Math.Clamp((int)Math.Round(tileWidth / aspect, MidpointRounding.AwayFromZero), 1, 4 * tileWidth);
        int gap = Math.Max(2, tileWidth / 80);
        int columns = Columns(frames.Count, (tileWidth * TilesEach) + (gap * TilesEach), tileHeight + gap);
        int rows = (frames.Count + columns - 1) / columns;
        int width = (columns * TilesEach * (tileWidth + gap)) + gap, height = (rows * (tileHeight + gap)) + gap;
        VideoFrame sheet = VideoFrame.Rent(pool, new FrameFormat(width, height, PlaneLayout.Gbr, 8, ColourDescription.Rgb), default);
        try
        {
            sheet.Bytes.Fill(Gap);
            Tiles tiles = new(format, tileWidth, tileHeight, pool);
            for (int i = 0; i < frames.Count; i++)
            {
                int x = gap + (i % columns * TilesEach * (tileWidth + gap)), y = gap + (i / columns * (tileHeight + gap));
                tiles.Draw(frames[i], sheet, x, y, tileWidth + gap);
                Label(frames[i], sheet, x, y, tileWidth, numbered);
            }
        }
        catch
        {
            sheet.Dispose();
            throw;
        }

        return sheet;
    }

    private static int Columns(int count, int width, int height) => Enumerable.Range(1, count)
        .MinBy(columns => Math.Abs(Math.Log((double)columns * width / ((count + columns - 1) / columns * height) / WantedAspect)));

    private static void Label(MattedFrame frame, VideoFrame sheet, int x, int y, int tileWidth, bool numbered)
    {
        int size = Math.Max(1, tileWidth / 160);
        string text = string.Create(CultureInfo.InvariantCulture, $"{(numbered ? $"#{frame.Time.Index} " : "")}{frame.Time.PresentationTime.ToDouble():0.00}s");
        SheetFont.Draw(sheet, text, x + (3 * size), y + (3 * size), size);
    }

    /// <summary>What is needed over and over for tiles of one size.</summary>
    private sealed class Tiles(FrameFormat format, int width, int height, IFramePool pool)
    {
        private readonly RgbThumbnail _thumbnail = new(format, width, height);
        private readonly AreaScaler _alphaScaler = new(format.Width, format.Height, width, height);
        private readonly RgbThumbnail _cutout = new(Association.OutputFormat(format), width, height);
        private readonly float[] _alpha = new float[width * height];
        private readonly byte[] _rgb = new byte[3 * width * height];
        private readonly int _square = Math.Max(4, width / 24);

        public void Draw(MattedFrame frame, VideoFrame sheet, int x, int y, int pitch)
        {
            _thumbnail.Render(frame.Picture, _rgb);
            Put(sheet, x, y, (i, _) => (_rgb[3 * i], _rgb[(3 * i) + 1], _rgb[(3 * i) + 2]));

            _alphaScaler.Scale(new PlaneView<ushort>(frame.Alpha.Samples, frame.Alpha.Width, frame.Alpha.Height), _alpha);
            Put(sheet, x + pitch, y, (i, _) =>
            {
                byte grey = (byte)((_alpha[i] / 257) + 0.5f);
                return (grey, grey, grey);
            });

            // Averages of associated samples lie on black as they are: the board shows through by what alpha leaves.
            using VideoFrame associated = Association.Premultiply(frame.Foreground ?? frame.Picture, frame.Alpha, pool);
            _cutout.Render(associated, _rgb);
            Put(sheet, x + (2 * pitch), y, (i, odd) =>
            {
                float board = (odd ? DarkSquare : LightSquare) * (1 - (_alpha[i] / AlphaMatte.Opaque));
                return (Sum(_rgb[3 * i]), Sum(_rgb[(3 * i) + 1]), Sum(_rgb[(3 * i) + 2]));

                byte Sum(byte colour) => (byte)Math.Min(colour + board + 0.5f, 255);
            });
        }

        private void Put(VideoFrame sheet, int left, int top, Func<int, bool, (byte R, byte G, byte B)> pixel)
        {
            PlaneView<byte> green = sheet.Plane8(0), blue = sheet.Plane8(1), red = sheet.Plane8(2);
            for (int y = 0; y < height; y++)
                for (int x = 0; x < width; x++)
                    (red[left + x, top + y], green[left + x, top + y], blue[left + x, top + y]) =
                        pixel((y * width) + x, ((x / _square) + (y / _square)) % 2 == 1);
        }
    }
}
