using VideoMatte.Frames;
using VideoMatte.Media;
using VideoMatte.Media.Stills;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Tests.Media.Stills;

/// <summary>What is no clip is refused, by the picture's name.</summary>
public sealed class SequenceFinderTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Find_ANumberMissing_IsRefusedNamingTheFirst()
    {
        await MakeAsync();
        File.Delete(_folder["f.0003.png"]);
        File.Delete(_folder["f.0005.png"]);
        MatteException error = Assert.Throws<MatteException>(() => SequenceFinder.Find(_folder.Path, null));
        Assert.Equal((ErrorKind.Input, "sequence-gap"), (error.Kind, error.Code));
        Assert.Contains("f.0003.png", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("g.0001.png", "f.0001.png")]
    [InlineData("f.0001.jpg", "f.0001.jpg")]
    [InlineData("poster.png", "poster.png")]
    [InlineData("f.1.png", "f.0001.png")]
    public async Task Find_TwoSequencesInAFolder_IsRefusedNamingBoth(string other, string named)
    {
        await MakeAsync();
        File.Copy(_folder["f.0001.png"], _folder[other]);
        MatteException error = Assert.Throws<MatteException>(() => SequenceFinder.Find(_folder.Path, null));
        Assert.Equal((ErrorKind.Usage, "folder-ambiguous"), (error.Kind, error.Code));
        Assert.Contains(other, error.Message, StringComparison.Ordinal);
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        // By its pattern each of them is a clip.
        Assert.Equal(6, SequenceFinder.Find(_folder["f.%04d.png"], null)!.Files.Count);
    }

    [Theory]
    [InlineData("-f lavfi -i testsrc2=s=32x24", "32x24")]
    [InlineData("-f lavfi -i testsrc2=s=32x22 -pix_fmt gray", "samples")]
    [InlineData("-f lavfi -i testsrc2=s=32x22 -c:v mjpeg -f image2", "JPEG")]
    public async Task Find_APictureOfAnotherKind_IsRefusedByName(string made, string said)
    {
        await MakeAsync();
        await RealFfmpeg.RunAsync([.. made.Split(' '), "-frames:v", "1", "-update", "1", _folder["f.0004.png"]]);
        MatteException error = Assert.Throws<MatteException>(() => SequenceFinder.Find(_folder.Path, null));
        Assert.Equal((ErrorKind.Input, "sequence-differs"), (error.Kind, error.Code));
        Assert.Contains("f.0004.png", error.Message, StringComparison.Ordinal);
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("png")]
    [InlineData("jpg")]
    public async Task Find_APictureCutOff_IsRefusedByName(string extension)
    {
        await MakeAsync(extension);
        string file = _folder["f.0004." + extension];
        byte[] whole = await File.ReadAllBytesAsync(file);
        await File.WriteAllBytesAsync(file, whole[..(whole.Length * 2 / 3)]);
        MatteException error = Assert.Throws<MatteException>(() => SequenceFinder.Find(_folder.Path, null));
        Assert.Equal((ErrorKind.Input, "sequence-frame-damaged"), (error.Kind, error.Code));
        Assert.Contains(file, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("png")]
    [InlineData("tif")]
    [InlineData("exr")]
    public async Task Read_APictureDamagedInside_FailsByName(string extension)
    {
        await MakeAsync(extension);
        string file = _folder["f.0004." + extension];
        byte[] bytes = await File.ReadAllBytesAsync(file);
        if (extension == "png")
            bytes[bytes.Length / 2] ^= 0xFF;
        else
            // A strip, or a block of lines, that unpacks to nothing.
            bytes.AsSpan(bytes.Length / 3, bytes.Length / 3).Fill(0xFF);
        if (extension == "tif")
            bytes = await CutStripAsync(file);
        await File.WriteAllBytesAsync(file, bytes);

        FfmpegTools tools = await RealFfmpeg.ToolsAsync();
        MediaInfo info = await MediaProbe.ProbeAsync(tools, _folder.Path, null, 1 << 20, default);
        using CheckingFramePool pool = new();
        await using MediaReader reader = await MediaReader.OpenAsync(tools, info, ReaderOptions.Default, pool, TimeProvider.System, default);
        MatteException error = await Assert.ThrowsAsync<MatteException>(async () =>
        {
            while (await reader.ReadAsync(default) is { } frame)
                frame.Dispose();
        });
        Assert.Equal((ErrorKind.Input, "sequence-frame-damaged"), (error.Kind, error.Code));
        Assert.Contains(file, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_AFolderWithoutPictures_IsRefused()
    {
        File.WriteAllText(_folder["readme.txt"], "no picture");
        Assert.Equal("input-unreadable", Assert.Throws<MatteException>(() => SequenceFinder.Find(_folder.Path, null)).Code);
        Assert.Equal("input-missing", Assert.Throws<MatteException>(() => SequenceFinder.Find(_folder["f.%04d.png"], null)).Code);
    }

    [Fact]
    public async Task Find_WhatIsHiddenOrNoPicture_IsLeftOut()
    {
        await MakeAsync();
        foreach (string name in (string[])[".f.0001.png", "Thumbs.db", "notes.txt"])
            await File.WriteAllTextAsync(_folder[name], "x");
        ImageSequence found = SequenceFinder.Find(_folder.Path + "/", null)!;
        Assert.Equal((6, 1L), (found.Files.Count, found.FirstNumber));
    }

    private async Task MakeAsync(string extension = "png") => await RealFfmpeg.RunAsync(
        ["-f", "lavfi", "-i", "testsrc2=s=32x22", "-vf", "noise=alls=40", "-frames:v", "6", .. extension == "exr" ? (string[])["-pix_fmt", "gbrpf32le", "-compression", "zip16"] : ["-pix_fmt", extension == "jpg" ? "yuvj420p" : "rgb24"], _folder["f.%04d." + extension]]);

    /// <summary>The directory first says that the strips are longer than the file.</summary>
    private static async Task<byte[]> CutStripAsync(string file)
    {
        byte[] bytes = await File.ReadAllBytesAsync(file);
        int directory = BitConverter.ToInt32(bytes, 4), count = BitConverter.ToUInt16(bytes, directory);
        for (int at = directory + 2; at < directory + 2 + (12 * count); at += 12)
            // StripOffsets: where there is nothing.
            if (BitConverter.ToUInt16(bytes, at) == 273)
                BitConverter.GetBytes(bytes.Length - 3).CopyTo(bytes, BitConverter.ToInt32(bytes, at + 4) == 1 ? at + 8 : BitConverter.ToInt32(bytes, at + 8));
        return bytes;
    }
}
