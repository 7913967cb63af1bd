using System.Security.Cryptography;
using VideoMatte.Temporal;
using Xunit;

namespace VideoMatte.Tests.Temporal;

public sealed class HsvPictureTests
{
    /// <summary>Figures of OpenCV 4.6: cv2.cvtColor(x, cv2.COLOR_RGB2HSV).</summary>
    [Theory]
    [InlineData(0, 0, 0, 0, 0, 0)]
    [InlineData(255, 255, 255, 0, 0, 255)]
    [InlineData(255, 0, 0, 0, 255, 255)]
    [InlineData(0, 255, 0, 60, 255, 255)]
    [InlineData(0, 0, 255, 120, 255, 255)]
    [InlineData(255, 0, 1, 0, 255, 255)]
    [InlineData(12, 200, 77, 70, 240, 200)]
    [InlineData(250, 128, 114, 3, 139, 250)]
    [InlineData(75, 0, 130, 137, 255, 130)]
    public void FromRgb_KnownColours_AreOpenCvs(byte r, byte g, byte b, byte h, byte s, byte v)
    {
        byte[] pixel = [r, g, b];
        HsvPicture.FromRgb(pixel);
        Assert.Equal([h, s, v], pixel);
    }

    /// <summary>All 16,777,216 colours against one hash made with OpenCV 4.6: R slowest, B fastest, H S V of each in a row.</summary>
    [Fact]
    public void FromRgb_EveryColour_IsOpenCvs()
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] slab = new byte[3 << 16];
        for (int r = 0; r < 256; r++)
        {
            for (int i = 0; i < 65536; i++)
                (slab[3 * i], slab[(3 * i) + 1], slab[(3 * i) + 2]) = ((byte)r, (byte)(i >> 8), (byte)i);
            HsvPicture.FromRgb(slab);
            hash.AppendData(slab);
        }

        Assert.Equal("a5b38b214f65aed9d382cc07bf40311aff2e3e324c98da86df77bef285f224eb", Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}
