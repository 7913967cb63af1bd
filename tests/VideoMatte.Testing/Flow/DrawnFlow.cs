namespace VideoMatte.Testing.Flow;

/// <summary>Pairs drawn from photos under a motion known exactly: both pictures are samples of one photo, at places that the motion gives. The
/// photo is blurred first, so that two samples at any places show the same texture.</summary>
public static class DrawnFlow
{
    public const int Width = 640, Height = 360;

    /// <summary>Photo samples to a drawn pixel, and their blur (standard deviation in photo samples).</summary>
    private const double Step = 1.8, Blur = 1.0;

    private const int PhotoWidth = 1280;

    private const string Mountains = "p1-mountains.jpg", Forest = "p2-forest-stream.jpg", Bridge = "p3-bridge-sky.jpg", Lobby = "p4-indoor-lobby.jpg";

    private static readonly Scene[] Scenes =
    [
        new("shift-half", Mountains, Motion.Shift(.5, .25)),
        new("shift-3.7", Forest, Motion.Shift(3.3, -1.7)),
        new("shift-8", Bridge, Motion.Shift(-7, 4)),
        new("shift-20", Lobby, Motion.Shift(18.9, 6.5)),
        new("turn", Forest, Motion.Turn(Width, Height, 1, 2)),
        new("zoom", Lobby, Motion.Turn(Width, Height, 1.03, 0)),
        new("zoom-turn", Mountains, Motion.Turn(Width, Height, .97, -3)),
        new("disc-7", Mountains, Motion.Shift(-2, .5), Forest, Motion.Shift(6, 3), 70),
        new("disc-15", Lobby, Motion.Shift(3, 0), Forest, Motion.Shift(-14, 5), 60),
    ];

    private static readonly Dictionary<string, Lazy<Task<FlowPair>>> Drawn =
        Scenes.ToDictionary(s => s.Name, s => new Lazy<Task<FlowPair>>(() => DrawAsync(s)), StringComparer.Ordinal);

    public static IReadOnlyList<string> Names { get; } = [.. Scenes.Select(s => s.Name)];

    /// <summary>A pair, drawn once; needs the shared photos. Its arrays are everybody's: only to be read.</summary>
    public static Task<FlowPair> DrawAsync(string name) => Drawn[name].Value;

    private static async Task<FlowPair> DrawAsync(Scene scene)
    {
        Photo ground = await PhotoAsync(scene.Ground);
        Photo? figure = scene.Figure is { } photo ? await PhotoAsync(photo) : null;
        byte[] from = new byte[Width * Height], to = new byte[Width * Height];
        float[] u = new float[Width * Height], v = new float[Width * Height];
        for (int i = 0; i < from.Length; i++)
        {
            int x = i % Width, y = i / Width;
            double cover = figure is null ? 0 : Disc(scene.Radius, x, y, 0, 0);
            from[i] = Code(ground, figure, cover, (x, y), (x, y));
            Motion motion = cover > .5 ? scene.FigureMotion : scene.GroundMotion;
            (double toX, double toY) = motion.Apply(x, y);
            (u[i], v[i]) = ((float)(toX - x), (float)(toY - y));
            (double moveX, double moveY) = scene.FigureMotion.Apply(0, 0);
            cover = figure is null ? 0 : Disc(scene.Radius, x, y, moveX, moveY);
            to[i] = Code(ground, figure, cover, scene.GroundMotion.Undo(x, y), scene.FigureMotion.Undo(x, y));
        }

        return new FlowPair(scene.Name, Width, Height, from, to, u, v);
    }

    private static byte Code(Photo ground, Photo? figure, double cover, (double X, double Y) groundAt, (double X, double Y) figureAt)
    {
        double code = ground.At((Step * groundAt.X) + 40, (Step * groundAt.Y) + ((ground.Height - (Step * Height)) / 2));
        if (cover > 0)
            code += cover * (figure!.At((Step * figureAt.X) + 60, (Step * figureAt.Y) + 60) - code);
        return (byte)Math.Clamp(Math.Round(code), 0, 255);
    }

    /// <summary>Coverage of a disc with a rim one pixel soft.</summary>
    private static double Disc(double radius, int x, int y, double moveX, double moveY)
    {
        double dx = x - 300 - moveX, dy = y - 180 - moveY;
        return Math.Clamp(radius + .5 - Math.Sqrt((dx * dx) + (dy * dy)), 0, 1);
    }

    private static async Task<Photo> PhotoAsync(string name) =>
        new(await RealFfmpeg.RunAsync("-i", SharedData.Backgrounds(name), "-pix_fmt", "gray", "-f", "rawvideo", "-"), PhotoWidth, Blur);

    private sealed record Scene(string Name, string Ground, Motion GroundMotion, string? Figure = null, Motion FigureMotion = default, double Radius = 0);
}
