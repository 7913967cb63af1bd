using VideoMatte.Temporal.Flow;
using VideoMatte.Testing;
using VideoMatte.Testing.Flow;
using Xunit;

namespace VideoMatte.Tests.Temporal.Flow;

public sealed class FlowConfidenceTests
{
    /// <summary>exp of the two twins: single precision's last bits.</summary>
    private const float ExpTolerance = 1e-6f;

    [Fact]
    public void Compare_EveryLength_TwinsAgree()
    {
        Random random = new(6);
        for (int length = 1; length <= 520; length++)
        {
            float[] u = Lines.Floats(random, length, 9), v = Lines.Floats(random, length, 9), backU = Lines.Floats(random, length, 9), backV = [.. v.Select(w => -w)];
            float[] error = [.. backU], confidence = [.. backV], errorVector = [.. backU], confidenceVector = [.. backV];
            FlowConfidence.CompareScalar(u, v, 5, 12, error, confidence, 0);
            FlowConfidence.CompareVector(u, v, 5, 12, errorVector, confidenceVector);
            Assert.Equal(error, errorVector);
            for (int i = 0; i < length; i++)
                Assert.Equal(confidence[i], confidenceVector[i], ExpTolerance);
        }
    }

    /// <summary>There by (3, -2), back by (-3, 2) on the left and by (-1.5, 2) on the right half: no error, then one of 1.5 px.</summary>
    [Fact]
    public void Compute_KnownFlows_GivesErrorConfidenceAndOcclusion()
    {
        const int Width = 40, Height = 20;
        FlowField flow = new(Width, Height), back = new(Width, Height);
        flow.U.Fill(3);
        flow.V.Fill(-2);
        back.V.Fill(2);
        for (int i = 0; i < back.U.Length; i++)
            back.U[i] = i % Width < 20 ? -3 : -1.5f;
        float[] error = new float[Width * Height], confidence = new float[error.Length];
        byte[] occluded = new byte[error.Length];
        FlowConfidence.Compute(flow, back, error, confidence, occluded);
        for (int i = 0; i < error.Length; i++)
        {
            (int x, int y) = (i % Width, i / Width);
            (float e, float c, byte hidden) = y < 2 || x > Width - 4 ? (float.PositiveInfinity, 0f, (byte)255)
                : x + 3 < 20 ? (0f, 1f, (byte)0)
                : (1.5f, MathF.Exp(-1), (byte)255);
            Assert.Equal(e, error[i]);
            Assert.Equal(c, confidence[i], ExpTolerance);
            Assert.Equal(hidden, occluded[i]);
        }
    }

    /// <summary>The ground that the disc runs over cannot be found in the next picture. Of the pixels that it hides most are told, of those that
    /// stay in sight few; a flow at a quarter of the size cannot be exact at the rim.</summary>
    [SharedFact]
    public async Task Compute_BehindAMovingDisc_TellsTheHidden()
    {
        FlowPair pair = await DrawnFlow.DrawAsync("disc-15");
        (FlowField forward, FlowField back) = FlowScore.Compute(pair, FlowOptions.Medium);
        float[] error = new float[pair.From.Length], confidence = new float[error.Length];
        byte[] occluded = new byte[error.Length];
        FlowConfidence.Compute(forward, back, error, confidence, occluded);
        List<byte> hidden = [], seen = [];
        for (int i = 0; i < error.Length; i++)
        {
            // The disc, 60 px around (300, 180), moves by (-14, 5), the ground by (3, 0).
            double x = (i % pair.Width) - 300, y = (i / pair.Width) - 180;
            double now = Math.Sqrt((x * x) + (y * y)), then = Math.Sqrt(((x + 17) * (x + 17)) + ((y - 5) * (y - 5)));
            if (now > 63 && then < 57)
                hidden.Add(occluded[i]);
            else if (now is < 54 or > 90 && i % pair.Width < pair.Width - 8)
                seen.Add(occluded[i]);
        }

        double told = hidden.Average(o => o / 255.0), wrong = seen.Average(o => o / 255.0);
        Assert.True(told >= .8 && wrong <= .02, FormattableString.Invariant($"{told:P1} of the hidden told, {wrong:P1} of the seen"));
    }

    [Fact]
    public void Compute_WrongSizes_Throws()
    {
        FlowField flow = new(8, 4), turned = new(4, 8);
        Assert.Throws<ArgumentException>(() => FlowConfidence.Compute(flow, turned, new float[32], new float[32]));
        Assert.Throws<ArgumentException>(() => FlowConfidence.Compute(flow, flow, new float[31], new float[32]));
        Assert.Throws<ArgumentException>(() => FlowConfidence.Compute(flow, flow, new float[32], new float[32], new byte[3]));
    }
}
