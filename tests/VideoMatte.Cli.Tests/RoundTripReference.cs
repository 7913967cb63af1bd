using System.Globalization;
using System.Runtime.InteropServices;
using VideoMatte.Media;
using VideoMatte.Testing;

namespace VideoMatte.Cli.Tests;

/// <summary>What ffmpeg alone writes from a source with a preset's encoder and the house's scale flags, with the same alpha where the preset
/// has one (an encoder shares its bits among all planes).</summary>
internal static class RoundTripReference
{
    private const string Scale = "scale=flags=bicubic+accurate_rnd+full_chroma_int:sws_dither=none";

    /// <param name="preset">One of those known here.</param>
    /// <param name="source">What the clip is.</param>
    /// <param name="clip">The clip.</param>
    /// <param name="folder">Holds <c>a.mkv</c>, the 16-bit matte of the run.</param>
    /// <param name="frames">In the clip.</param>
    /// <returns>The file and the pixels both are to be compared in; null for a preset this test does not know.</returns>
    public static async Task<(string File, string Pixels)?> MakeAsync(Preset preset, RoundTripSource source, string clip, TempFolder folder, int frames)
    {
        string from = source.FullRange ? "pc" : "tv";
        (string pixels, int depth, string to, string alphaPixels) = preset.Id switch
        {
            "prores4444" => ("yuv444p10le", 10, "tv", "yuva444p10le"),
            "vp9-alpha" => ("yuv420p", 8, from, "yuva420p"),
            "h264" => ("yuv420p", 0, from, ""),
            _ => ("", 0, "", ""),
        };
        // x264 sets the quantiser of an only frame by the clip's announced rate, which our pipe does not have: nothing to compare.
        if (pixels.Length == 0 || (preset == Presets.H264 && frames == 1))
            return null;
        string matrix = source.Matrix == "bt601" ? "smpte170m" : source.Matrix;
        string picture = $"[0:v]setparams=range={from},{Scale}:in_color_matrix={matrix}:out_color_matrix={matrix}:in_range={from}:out_range={to},format={pixels}";
        List<string> arguments = ["-i", clip];
        string file = folder["reference" + preset.Extension];
        if (depth > 0)
        {
            await WriteAlphaAsync(folder, depth);
            bool turned = Math.Abs(source.Rotation) is 90 or 270;
            arguments.AddRange(["-f", "rawvideo", "-pix_fmt", depth == 8 ? "gray" : "gray10le", "-s",
                string.Create(CultureInfo.InvariantCulture, $"{(turned ? RoundTripSource.Height : RoundTripSource.Width)}x{(turned ? RoundTripSource.Width : RoundTripSource.Height)}"),
                "-r", "25", "-i", folder["alpha.raw"]]);
            // By count of frames, not by time: both sides get the same clock.
            picture += $",settb=1/25,setpts=N,setsar=1,format={pixels}[p];[1:v]settb=1/25,setpts=N,setsar=1,setparams=range=tv[a];[p][a]mergeplanes=map0s=0:map0p=0:map1s=0:map1p=1:map2s=0:map2p=2:map3s=1:map3p=0:format={alphaPixels}";
        }

        string space = matrix == "bt2020" ? "bt2020nc" : matrix;
        string tags = preset.Id == "prores4444" || !source.FullRange ? "tv" : "pc";
        await RealFfmpeg.RunAsync([.. arguments, "-filter_complex", picture + $",setparams=range={tags}:colorspace={space}[out]", "-map", "[out]", "-colorspace", space, "-color_range", tags, "-fps_mode", "passthrough", "-enc_time_base", depth > 0 ? "1:25" : "-1",
            .. preset.EncoderArguments, "-pix_fmt", depth > 0 ? alphaPixels : pixels, "-frames:v", frames.ToString(CultureInfo.InvariantCulture), file]);
        return (file, pixels);
    }

    /// <summary>The matte rounded to a depth as DESIGN says it: round(a (2^n - 1) / 65535).</summary>
    private static async Task WriteAlphaAsync(TempFolder folder, int depth)
    {
        byte[] matte = await RealFfmpeg.RunAsync("-i", folder["a.mkv"], "-fps_mode", "passthrough", "-pix_fmt", "gray16le", "-f", "rawvideo", "pipe:1");
        ReadOnlySpan<ushort> codes = MemoryMarshal.Cast<byte, ushort>(matte.AsSpan());
        byte[] raw = new byte[codes.Length * (depth > 8 ? 2 : 1)];
        for (int i = 0; i < codes.Length; i++)
        {
            int code = (int)Math.Round(codes[i] * ((1 << depth) - 1) / 65535m, MidpointRounding.AwayFromZero);
            if (depth > 8)
                MemoryMarshal.Cast<byte, ushort>(raw.AsSpan())[i] = (ushort)code;
            else
                raw[i] = (byte)code;
        }

        await File.WriteAllBytesAsync(folder["alpha.raw"], raw);
    }
}
