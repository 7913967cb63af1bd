using VideoMatte.Frames;
using VideoMatte.Matting.Solver;
using VideoMatte.Testing;
using VideoMatte.Tests.Compositing;
using Xunit;

namespace VideoMatte.Tests.Matting.Solver;

/// <summary>A disc that goes to the right, its motion known exactly and its mattes solved exactly: what becomes of its trimap.</summary>
public sealed class CarriedTrimapTests
{
    private const int Width = 640, Height = 360, Centre = 500;

    [Theory]
    [InlineData(6, 3, 30)]
    [InlineData(60, 2, 20)]
    public void Next_ADiscInThePicture_KeepsItsInsideAndTheTruth(int radius, int speed, int frames)
    {
        Run(radius, speed, frames, known: 255, (frame, trimap, gives) =>
        {
            Assert.True(gives);
            Assert.True(Trimap.HasBothEnds(trimap));
            for (int p = 0; p < trimap.Length; p++)
            {
                bool isInside = IsInside(p, radius, Centre + (speed * frame));
                Assert.True(trimap[p] == Trimap.Open || trimap[p] == (isInside ? Trimap.Inside : Trimap.Outside), $"frame {frame}, {p % Width},{p / Width}");
            }
        }, out IReadOnlyList<MatteWarning> warnings);
        Assert.Empty(warnings);
    }

    /// <summary>At 500 + 12 n it is out of 640 columns from frame 17 on.</summary>
    [Fact]
    public void Next_ADiscThatLeaves_EndsTheTrimapAndSaysSo()
    {
        int given = 0;
        Run(60, 12, 24, known: 255, (_, _, gives) => given += gives ? 1 : 0, out IReadOnlyList<MatteWarning> warnings);
        Assert.InRange(given, 14, 17);
        MatteWarning warning = Assert.Single(warnings);
        Assert.Equal(("trimap-lost", (long)given, true), (warning.Code, warning.Frame, warning.NotAsAsked));
    }

    /// <summary>Where no motion is known what lies near the edge is open, and the run doubts.</summary>
    [Fact]
    public void Next_WithoutAnyMotion_OpensTheSurroundAndDoubts()
    {
        Run(60, 0, 5, known: 0, (frame, trimap, gives) =>
        {
            Assert.True(gives);
            // Narrow bands are 6 pixels wide, and four of them to either side are opened.
            if (frame > 0)
                Assert.Equal((Trimap.Open, Trimap.Open, Trimap.Outside), (trimap[At(Centre + 60 + 20)], trimap[At(Centre + 60 - 20)], trimap[At(Centre + 60 + 60)]));
        }, out IReadOnlyList<MatteWarning> warnings);
        Assert.Equal(("trimap-drifts", 1L), (Assert.Single(warnings).Code, warnings[0].Frame));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(65535)]
    public void Next_ADrawingOfOneSide_IsRefused(int code)
    {
        using CheckingFramePool pool = new();
        using CarriedTrimap carried = new(new PaintedMattes(pool, Width, Height, (_, _) => (ushort)code), new Shift(0, 255));
        using VideoFrame frame = Drawn.Noise(pool, Drawn.Yuv420(Width, Height), 0);
        MatteException error = Assert.Throws<MatteException>(() => carried.Next(frame, new byte[Width * Height], new ushort[Width * Height]));
        Assert.Equal("trimap-one-sided", error.Code);
    }

    private delegate void Look(int frame, byte[] trimap, bool gives);

    private static void Run(int radius, int speed, int frames, byte known, Look look, out IReadOnlyList<MatteWarning> warnings)
    {
        using CheckingFramePool pool = new();
        // Three pixels to either side of the outline are open.
        using CarriedTrimap carried = new(new PaintedMattes(pool, Width, Height, (_, p) => IsInside(p, radius - 3, Centre) ? (ushort)65535 : IsInside(p, radius + 3, Centre) ? (ushort)32768 : (ushort)0), new Shift(speed, known));
        byte[] trimap = new byte[Width * Height];
        ushort[] guess = new ushort[Width * Height];
        for (int i = 0; i < frames; i++)
        {
            using VideoFrame frame = Drawn.Noise(pool, Drawn.Yuv420(Width, Height), i);
            bool gives = carried.Next(frame, trimap, guess);
            look(i, trimap, gives);
            if (!gives)
                continue;
            for (int p = 0; p < guess.Length; p++)
                guess[p] = IsInside(p, radius, Centre + (speed * i)) ? (ushort)65535 : (ushort)0;
            carried.Solved(guess);
        }

        warnings = carried.Warnings;
    }

    private static int At(int x) => (Height / 2 * Width) + x;

    private static bool IsInside(int p, int radius, int centre)
    {
        (int y, int x) = Math.DivRem(p, Width);
        return ((x - centre) * (x - centre)) + ((y - (Height / 2)) * (y - (Height / 2))) < radius * radius;
    }

    /// <summary>All goes to the right; what comes in at the left is outside.</summary>
    private sealed class Shift(int speed, byte known) : IMotionCarrier
    {
        private bool _looked;

        public bool Look(VideoFrame frame) => _looked || !(_looked = true);

        public void Reset() => _looked = false;

        public void Carry(ReadOnlySpan<byte> before, Span<byte> now) => Move(before, now);

        public void Carry(ReadOnlySpan<ushort> before, Span<ushort> now) => Move(before, now);

        public void Known(Span<byte> plane) => plane.Fill(known);

        private void Move<T>(ReadOnlySpan<T> before, Span<T> now)
        {
            for (int p = 0; p < now.Length; p++)
                now[p] = p % Width >= speed ? before[p - speed] : default!;
        }
    }
}
