using System.Diagnostics;
using VideoMatte.Frames;
using VideoMatte.Matting.Solver;
using VideoMatte.Testing;
using VideoMatte.Tests.Media;
using Xunit;
using Xunit.Abstractions;

namespace VideoMatte.Tests.Matting.Solver;

/// <summary>Closed-form matting on the shared pairs that have a trimap. The expected sums come from closed_form.py beside this file: the same
/// system put together by numpy and solved by scipy.</summary>
public sealed class ClosedFormProofTests(ITestOutputHelper output)
{
    /// <summary>Two solvers of one system.</summary>
    private const double SameTolerance = .01;

    /// <summary>Steps at full size; 42 to 236 are taken. Seconds are the machine's affair, steps the solver's: without the part of its
    /// preconditioner that sees far it takes thousands where much is open.</summary>
    private const int MostIterations = 300;

    [SharedTheory]
    [InlineData("lemur", 38666, 55.18, 1.0)]
    [InlineData("am_GT02", 57461, 4309.17, .25)]
    [InlineData("am_GT03", 121014, 5659.28, .25)]
    [InlineData("am_GT04", 178728, 12098.42, .25)]
    [InlineData("am_GT08", 142232, 11452.20, .25)]
    [InlineData("am_GT13", 143935, 13049.31, .25)]
    [InlineData("am_GT17", 51098, 1782.94, .25)]
    [InlineData("am_GT25", 59459, 9849.23, .42)]
    public void Solve_ASharedPair_AgreesWithScipyAndIsNearTheTruth(string name, int open, double expected, double most)
    {
        (int width, int height) = SizeOf(name);
        int pixels = width * height;
        byte[] colours = Read(name, "image", "rgb24"), truth = Read(name, "alpha", "gray");
        ushort[] drawn = [.. Read(name, "trimap", "gray").Select(v => (ushort)(v * 257))];
        float[] rgb = new float[3 * pixels], alpha = new float[pixels];
        for (int i = 0; i < 3 * pixels; i++)
            rgb[(i % 3 * pixels) + (i / 3)] = colours[i] / 255f;
        byte[] trimap = new byte[pixels];
        Trimap.Read(drawn, trimap);
        Array.Fill(alpha, .5f);
        using var solver = new ClosedFormSolver();
        var clock = Stopwatch.StartNew();
        solver.Solve(rgb, trimap, alpha, width, height);
        double seconds = clock.Elapsed.TotalSeconds, error = 0, half = 0;
        int count = 0;
        for (int i = 0; i < pixels; i++)
        {
            if (trimap[i] != Trimap.Open)
            {
                Assert.Equal(trimap[i] / 255f, alpha[i]);
                continue;
            }

            count++;
            error += Math.Abs(alpha[i] - (truth[i] / 255.0));
            half += Math.Abs(.5 - (truth[i] / 255.0));
        }

        output.WriteLine(FormattableString.Invariant(
            $"{name}: SAD {error:F2} (scipy {expected:F2}), {error / half:F4} of a grey band's, {solver.Iterations} iterations, {seconds:F2} s"));
        Assert.Equal(open, count);
        Assert.InRange(error, expected * (1 - SameTolerance), expected * (1 + SameTolerance));
        Assert.True(error <= most * half, FormattableString.Invariant($"{error / half:F3} of a grey band's"));
        Assert.Empty(solver.Warnings);
        Assert.InRange(solver.Iterations, 1, MostIterations);
    }

    /// <summary>Known are a spot of the subject and the picture's rim: nearly everything is open, and it settles all the same.</summary>
    [SharedTheory]
    [InlineData("am_GT04")]
    [InlineData("am_GT17")]
    public void Solve_WhereNearlyAllIsOpen_Settles(string name)
    {
        (int width, int height) = SizeOf(name);
        int pixels = width * height;
        byte[] colours = Read(name, "image", "rgb24"), truth = Read(name, "alpha", "gray"), trimap = new byte[pixels];
        for (int i = 0; i < pixels; i++)
        {
            int x = i % width, y = i / width;
            bool rim = Math.Min(Math.Min(x, width - 1 - x), Math.Min(y, height - 1 - y)) < 20, spot = Math.Abs(x - (width / 2)) < 60 && Math.Abs(y - (height / 2)) < 60;
            trimap[i] = rim && truth[i] == 0 ? Trimap.Outside : spot && truth[i] == 255 ? Trimap.Inside : Trimap.Open;
        }

        float[] rgb = new float[3 * pixels], alpha = new float[pixels];
        for (int i = 0; i < 3 * pixels; i++)
            rgb[(i % 3 * pixels) + (i / 3)] = colours[i] / 255f;
        Array.Fill(alpha, .5f);
        using var solver = new ClosedFormSolver();
        solver.Solve(rgb, trimap, alpha, width, height);
        output.WriteLine(FormattableString.Invariant($"{name}: {100.0 * Trimap.CountOpen(trimap) / pixels:F0} % open, {solver.Iterations} iterations"));
        Assert.True(Trimap.CountOpen(trimap) > .8 * pixels);
        Assert.Empty(solver.Warnings);
        Assert.InRange(solver.Iterations, 1, MostIterations);
    }

    private static byte[] Read(string name, string kind, string format) =>
        FfmpegRun.Ffmpeg("-i", SharedData.GroundTruth($"{name}_{kind}.png"), "-pix_fmt", format, "-f", "rawvideo", "-");

    private static (int Width, int Height) SizeOf(string name)
    {
        // A PNG's head: eight bytes of signature, eight of the chunk's, then the size, big-endian.
        ReadOnlySpan<byte> head = File.ReadAllBytes(SharedData.GroundTruth($"{name}_image.png")).AsSpan(16, 8);
        return (System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(head), System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(head[4..]));
    }
}
