namespace VideoMatte.Tests.Temporal;

/// <summary>A clip spliced by a seeded script from real footage: what an editor does, and what cameras do. It knows where its cuts are.</summary>
internal sealed class SplicedClip
{
    private const int W = Footage.Width, H = Footage.Height;

    private readonly Footage _footage;
    private readonly Random _random;
    private readonly List<Func<byte[]>> _frames = [];
    private readonly HashSet<int> _cuts = [];
    private readonly List<Passage> _passages = [];
    private int _lastClip = -1;

    /// <param name="footage">To splice from.</param>
    /// <param name="seed">Another seed, another clip.</param>
    /// <param name="times">How often each kind of thing happens, 1: the list below.</param>
    public SplicedClip(Footage footage, int seed, int times = 1)
    {
        (_footage, _random) = (footage, new Random(seed));
        for (int i = 0; i < times; i++)
        {
            Repeat(24, _ => Shot(From(Other(), _random.Next(25, 50))));
            Repeat(10, _ => Shot(From(Other(), _random.Next(8, 21))));
            Repeat(6, _ => Shot(From(Other(), 25).Select(Grey)));
            Repeat(6, _ => Shot(From(Other(), 25).Select(Dark)));
            Repeat(6, _ => Reframed());
            Repeat(6, k => Shot(From(Other(), 25).Select(Shaken(2 + k))));
            Repeat(4, _ => Jump());
            foreach (double speed in (double[])[14, 24, 36])
                Repeat(footage.Stills.Count, k => Pan(k, Enumerable.Range(0, (int)(700 / speed)).Select(n => n * speed), "pan"));
            foreach (int frames in (int[])[40, 20])
                Repeat(footage.Stills.Count, k => Pan(k, Enumerable.Range(0, frames).Select(n => Whip((double)n / frames)), "whip"));
            Repeat(12, k => Flash(1 + (k % 3), k / 3));
            Repeat(12, k => Dissolve(((int[])[8, 10, 12, 15, 18, 20, 24, 28, 30, 12, 15, 24])[k]));
            Repeat(8, k => Fade(((int[])[8, 12, 15, 24])[k % 4], black: k / 4 * 6));
        }
    }

    /// <summary>First frames behind hard cuts.</summary>
    public IReadOnlySet<int> Cuts => _cuts;

    public IReadOnlyList<Passage> Passages => _passages;

    public int Count => _frames.Count;

    /// <summary>Each frame's R, G, B, made when asked for.</summary>
    public IEnumerable<byte[]> Frames => _frames.Select(f => f());

    private static void Repeat(int count, Action<int> step)
    {
        for (int i = 0; i < count; i++)
            step(i);
    }

    private byte[][] Other()
    {
        int clip = _random.Next(_footage.Clips.Count);
        return _footage.Clips[_lastClip = clip == _lastClip ? (clip + 1) % _footage.Clips.Count : clip];
    }

    private IEnumerable<Func<byte[]>> From(byte[][] clip, int count, int? start = null)
    {
        count = Math.Min(count, clip.Length);
        int begin = Math.Min(start ?? _random.Next(clip.Length - count + 1), clip.Length - count);
        return Enumerable.Range(begin, count).Select(i => (Func<byte[]>)(() => clip[i])).ToList();
    }

    private int Shot(IEnumerable<Func<byte[]>> frames)
    {
        int begin = Count;
        if (begin > 0)
            _cuts.Add(begin);
        _frames.AddRange(frames);
        return begin;
    }

    /// <summary>The same room, the camera nearer.</summary>
    private void Reframed()
    {
        byte[][] clip = Other();
        Shot(From(clip, 25, 0));
        double zoom = 1.5 + (0.7 * _random.NextDouble()), x = _random.NextDouble(), y = 0.5 * _random.NextDouble();
        Shot(From(clip, 25, 40).Select(f => (Func<byte[]>)(() => Moved(f(), W, H, x * (W - (W / zoom)), y * (H - (H / zoom)), 1 / zoom))));
    }

    /// <summary>A second or more left out of one take.</summary>
    private void Jump()
    {
        byte[][] clip = Other();
        Shot(From(clip, 25, 0));
        _passages.Add(new(Count, Count, "jump"));
        _frames.AddRange(From(clip, 25, clip.Length - 25));
    }

    private void Pan(int still, IEnumerable<double> positions, string kind)
    {
        double[] at = [.. positions];
        const int taps = 8;
        int begin = Shot(at.Select((x, i) => (Func<byte[]>)(() =>
        {
            // The shutter is open for half of the way.
            double way = (at[Math.Min(i + 1, at.Length - 1)] - x) / 2;
            return Mean([.. Enumerable.Range(0, way < 2 ? 1 : taps).Select(t => Window(_footage.Stills[still], x + (way * t / taps), 200))]);
        })));
        _passages.Add(new(begin + 1, Count - 1, kind));
    }

    private static double Whip(double time)
    {
        double u = Math.Clamp((time - 0.3) / 0.4, 0, 1);
        return (Footage.StillWidth - W) * u * u * (3 - (2 * u));
    }

    /// <summary>White, bright, or with an afterglow.</summary>
    private void Flash(int frames, int how)
    {
        const int at = 15;
        int begin = Shot(From(Other(), 32).Select((f, i) => i < at || i >= at + frames ? f : () => Each(f(), c => how switch
        {
            0 => 255,
            1 => (1.6 * c) + 90,
            2 => c + 120,
            _ => c + (200 >> (i - at)),
        })));
        _passages.Add(new(begin + at, begin + at + frames, "flash"));
    }

    private void Dissolve(int frames)
    {
        Func<byte[]>[] first = [.. From(Other(), 30 + frames)], second = [.. From(Other(), 30 + frames)];
        int begin = Shot(first.SkipLast(frames)) + first.Length - frames;
        _frames.AddRange(Enumerable.Range(0, frames).Select(i => (Func<byte[]>)(() => Mix(first[first.Length - frames + i](), second[i](), (i + 1.0) / (frames + 1)))));
        _passages.Add(new(begin, Count, "dissolve"));
        _frames.AddRange(second.Skip(frames));
    }

    private void Fade(int frames, int black)
    {
        Func<byte[]>[] first = [.. From(Other(), 40)], second = [.. From(Other(), 40)];
        int begin = Shot(first.Select((f, i) => i < 40 - frames ? f : () => Each(f(), c => c * (39.0 - i) / frames))) + 40 - frames;
        _frames.AddRange(Enumerable.Repeat(() => new byte[3 * W * H], black));
        // From the first frame that shows something to the first whole one.
        _passages.Add(new(begin, Count + frames, "fade"));
        _frames.AddRange(second.Select((f, i) => i >= frames ? f : () => Each(f(), c => c * i / frames)));
    }

    /// <summary>A hand-held camera: its place wanders, in pixels of 256 a frame.</summary>
    private Func<Func<byte[]>, Func<byte[]>> Shaken(double strength)
    {
        double x = 0, y = 0;
        return frame =>
        {
            (x, y) = ((0.7 * x) + (strength * Gauss()), (0.7 * y) + (strength * Gauss()));
            (double left, double top) = (Math.Clamp(14 + x, 0, 28), Math.Clamp(8 + y, 0, 16));
            return () => Moved(frame(), W, H, left, top, 0.89);
        };
    }

    private double Gauss() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());

    private static Func<byte[]> Grey(Func<byte[]> frame) => () =>
    {
        byte[] picture = [.. frame()];
        for (int i = 0; i < picture.Length; i += 3)
            picture.AsSpan(i, 3).Fill((byte)((0.299 * picture[i]) + (0.587 * picture[i + 1]) + (0.114 * picture[i + 2]) + 0.5));
        return picture;
    };

    private static Func<byte[]> Dark(Func<byte[]> frame) => () => Each(frame(), c => 0.3 * c);

    private static byte[] Each(byte[] picture, Func<double, double> code)
    {
        byte[] codes = [.. Enumerable.Range(0, 256).Select(c => (byte)Math.Clamp(code(c) + 0.5, 0, 255))], result = new byte[picture.Length];
        for (int i = 0; i < result.Length; i++)
            result[i] = codes[picture[i]];
        return result;
    }

    private static byte[] Mix(byte[] a, byte[] b, double share)
    {
        byte[] result = new byte[a.Length];
        float part = (float)share;
        for (int i = 0; i < result.Length; i++)
            result[i] = (byte)(a[i] + ((b[i] - a[i]) * part) + 0.5f);
        return result;
    }

    private static byte[] Mean(byte[][] pictures)
    {
        byte[] result = new byte[pictures[0].Length];
        for (int i = 0; i < result.Length; i++)
        {
            int sum = pictures.Length / 2;
            foreach (byte[] picture in pictures)
                sum += picture[i];
            result[i] = (byte)(sum / pictures.Length);
        }

        return result;
    }

    /// <summary>A window of a still, at whole pixels.</summary>
    private static byte[] Window(byte[] still, double left, int top)
    {
        byte[] window = new byte[3 * W * H];
        int x = (int)Math.Clamp(left + 0.5, 0, Footage.StillWidth - W);
        for (int y = 0; y < H; y++)
            still.AsSpan(3 * (((top + y) * Footage.StillWidth) + x), 3 * W).CopyTo(window.AsSpan(3 * y * W));
        return window;
    }

    /// <summary>A window of a picture, bilinear.</summary>
    private static byte[] Moved(byte[] from, int width, int height, double left, double top, double scale)
    {
        byte[] window = new byte[3 * W * H];
        for (int y = 0; y < H; y++)
        {
            for (int x = 0; x < W; x++)
            {
                double u = Math.Clamp(left + (x * scale), 0, width - 1.001), v = Math.Clamp(top + (y * scale), 0, height - 1.001);
                int at = 3 * (((int)v * width) + (int)u);
                double p = u - (int)u, q = v - (int)v;
                for (int c = 0; c < 3; c++, at++)
                    window[(3 * ((y * W) + x)) + c] = (byte)((((from[at] * (1 - p)) + (from[at + 3] * p)) * (1 - q))
                        + (((from[at + (3 * width)] * (1 - p)) + (from[at + (3 * width) + 3] * p)) * q) + 0.5);
            }
        }

        return window;
    }
}
