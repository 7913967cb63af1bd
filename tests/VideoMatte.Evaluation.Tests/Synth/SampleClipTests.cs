using System.Security.Cryptography;
using VideoMatte.Evaluation.Synth;
using VideoMatte.Frames;
using VideoMatte.Testing;
using Xunit;
using static System.FormattableString;

namespace VideoMatte.Evaluation.Tests.Synth;

[Collection(DrawnClipCollection.Name)]
public sealed class SampleClipTests(DrawnClip drawn)
{
    [Fact]
    public void All_Clips_SayWhatTheyAre()
    {
        SampleClip clip = Assert.Single(SampleClips.All);
        Assert.Equal("dancer", clip.Name);
        Assert.Equal((640, 360, 150), (clip.Format.Width, clip.Format.Height, clip.FrameCount));
        Assert.Equal([0, 75], clip.ShotStarts);
        Assert.Equal(new FrameTime(80, new Rational(16, 5), new Rational(1, 25)), clip.TimeOf(80));
    }

    [Fact]
    public void Draw_WholeClip_IsTheSameOnEveryMachine()
    {
        // Hashes of all pictures and of all mattes in order. They change where the drawing changes, and the committed clip with them.
        Assert.Equal("0a72632d3d20c9e54a514adc702a33974d15b546357cb6a61d222d9e5461eb0c", Hash(drawn.Pictures));
        Assert.Equal("6db3d9d466484fcbeec3cef707f3624093344c87c378c950eb20195f9a38dcee", Hash([.. drawn.Alphas.Select(Bytes)]));
    }

    [Fact]
    public void Draw_FramesOutOfOrder_AreThoseInOrder()
    {
        using var pool = new CheckingFramePool();
        SampleClip clip = SampleClips.Dancer();
        foreach (int index in (int[])[149, 3, 75, 74])
        {
            using VideoFrame picture = clip.Render(pool, index);
            using AlphaMatte matte = clip.RenderAlpha(pool, index);
            Assert.True(picture.Bytes.SequenceEqual(drawn.Pictures[index]), Invariant($"picture {index}"));
            Assert.True(matte.Samples.SequenceEqual(drawn.Alphas[index]), Invariant($"matte {index}"));
            Assert.Equal(index is 0 or 75, picture.StartsShot);
        }
    }

    [Fact]
    public async Task Reader_PartOfTheClip_GivesItsFramesOnceInOrder()
    {
        using var pool = new CheckingFramePool();
        await using var reader = new SampleClipReader(SampleClips.Dancer(), pool, 73, 4);
        for (int index = 73; index < 77; index++)
        {
            using VideoFrame? picture = await reader.ReadAsync(CancellationToken.None);
            Assert.NotNull(picture);
            Assert.Equal(drawn.Clip.TimeOf(index), picture.Time);
            Assert.Equal(index == 75, picture.StartsShot);
            Assert.True(picture.Bytes.SequenceEqual(drawn.Pictures[index]));
        }

        Assert.Null(await reader.ReadAsync(CancellationToken.None));
        Assert.Null(await reader.ReadAsync(CancellationToken.None));
    }

    [Fact]
    public void Draw_WrongIndexOrSize_IsRefused()
    {
        SampleClip clip = SampleClips.Dancer();
        Assert.Throws<ArgumentOutOfRangeException>(() => clip.Draw(150, clip.CreateFrame()));
        Assert.Throws<ArgumentOutOfRangeException>(() => clip.Draw(-1, clip.CreateFrame()));
        Assert.Throws<ArgumentException>(() => clip.Draw(0, new SampleFrame(320, 360)));
    }

    private static byte[] Bytes(ushort[] codes)
    {
        var bytes = new byte[2 * codes.Length];
        for (int i = 0; i < codes.Length; i++)
            (bytes[2 * i], bytes[(2 * i) + 1]) = ((byte)codes[i], (byte)(codes[i] >> 8));
        return bytes;
    }

    private static string Hash(byte[][] parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (byte[] part in parts)
            hash.AppendData(part);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
