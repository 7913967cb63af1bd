using System.Security.Cryptography;
using VideoMatte.Frames;
using VideoMatte.Media;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Tests.Media;

/// <summary>The real clips: every frame once, with ffmpeg's own planes and times, and no warning on a whole file.</summary>
public sealed class MediaReaderClipTests
{
    public static TheoryData<string> Clips
    {
        get
        {
            TheoryData<string> data = [];
            foreach (string folder in new[] { "clips", "clips/alpha", "backgrounds" })
                if (SharedData.Present)
                    foreach (string file in Directory.EnumerateFiles(Path.Combine(SharedData.Root, folder)).Order(StringComparer.Ordinal))
                        if (Path.GetExtension(file) is ".mp4" or ".webm" or ".mkv" or ".jpg")
                            data.Add(Path.GetRelativePath(SharedData.Root, file));
            if (!SharedData.Present)
                data.Add("absent");
            return data;
        }
    }

    [SharedTheory(Timeout = 180_000)]
    [MemberData(nameof(Clips))]
    public async Task Clip_ReadWhole_FramesTimesAndPlanesAreFfmpegsOwnWithoutAWarning(string clip)
    {
        string path = Path.Combine(SharedData.Root, clip);
        FfmpegTools tools = await RealFfmpeg.ToolsAsync();
        MediaInfo info = await MediaProbe.ProbeAsync(tools, path, 1 << 26, default);
        Task<IReadOnlyList<FrameMd5>> expectedTask = FrameMd5.OfAsync(path, info.Video.Pixels.AskFor);
        using CheckingFramePool pool = new() { KeptBytes = 16 << 20 };
        await using MediaReader reader = await MediaReader.OpenAsync(tools, info, ReaderOptions.Default, pool, TimeProvider.System, default);

        List<FrameMd5> got = [];
        while (await reader.ReadAsync(default) is { } frame)
            using (frame)
            {
                Assert.Equal(got.Count, frame.Time.Index);
                Assert.True(frame.Time.PresentationTime.IsTickOf(reader.TimeBase));
                got.Add(new FrameMd5(frame.Time.PresentationTime, frame.Format.ByteCount, Convert.ToHexStringLower(MD5.HashData(frame.Bytes))));
            }

        Assert.Equal(await expectedTask, got);
        Assert.Empty(reader.Warnings);
        Assert.Null(await reader.ReadAsync(default));
    }
}
