using VideoMatte.Frames;

namespace VideoMatte.Matting.Solver;

/// <summary>A trimap: what is surely outside, surely inside, and open. One byte a pixel.</summary>
public static class Trimap
{
    public const byte Outside = 0;
    public const byte Open = 128;
    public const byte Inside = 255;

    /// <summary>Drawn trimaps hold three greys, and a lossy file blurs them: the outer twentieth at either end counts as sure.</summary>
    private const int Slack = AlphaMatte.Opaque / 20;

    /// <summary>From a picture in which black is outside, white inside and anything between them open.</summary>
    /// <param name="drawn">16-bit samples.</param>
    /// <param name="trimap">As many.</param>
    public static void Read(ReadOnlySpan<ushort> drawn, Span<byte> trimap)
    {
        ViewKernel.Check(drawn.Length, trimap.Length);
        for (int i = 0; i < drawn.Length; i++)
            trimap[i] = drawn[i] <= Slack ? Outside : drawn[i] >= AlphaMatte.Opaque - Slack ? Inside : Open;
    }

    /// <summary>How many pixels are open.</summary>
    public static int CountOpen(ReadOnlySpan<byte> trimap) => trimap.Count(Open);

    /// <summary>False where there is nothing outside or nothing inside: alpha then follows from nothing.</summary>
    public static bool HasBothEnds(ReadOnlySpan<byte> trimap) => trimap.Contains(Outside) && trimap.Contains(Inside);
}
