using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace VideoMatte.Tests.Media;

/// <summary>The installed ffmpeg and ffprobe as yardsticks: run to the end, what they print, an error where they fail.</summary>
internal static class FfmpegRun
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>Bytes on ffmpeg's standard output.</summary>
    public static byte[] Ffmpeg(params string[] arguments) => Run("ffmpeg", ["-v", "error", "-nostdin", "-y", .. arguments], []);

    /// <summary>The same with <paramref name="input"/> on its standard input.</summary>
    public static byte[] FfmpegFed(byte[] input, params string[] arguments) => Run("ffmpeg", ["-v", "error", "-y", .. arguments], input);

    /// <summary>Lines of ffprobe's standard output.</summary>
    public static string[] Probe(params string[] arguments) =>
        Encoding.UTF8.GetString(Run("ffprobe", ["-v", "error", .. arguments], [])).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>One entry of the first video stream, e.g. <c>pix_fmt</c>.</summary>
    public static string VideoEntry(string file, string entry) =>
        Probe("-select_streams", "v:0", "-show_entries", "stream=" + entry, "-of", "default=nk=1:nw=1", file).FirstOrDefault() ?? "";

    /// <summary>Presentation times of the first video stream's packets, in order of time, as ticks of <see cref="VideoEntry"/>'s time_base.</summary>
    public static long[] Ticks(string file) =>
        [.. Probe("-select_streams", "v:0", "-show_entries", "packet=pts", "-of", "csv=p=0", file)
            .Select(line => long.Parse(line.TrimEnd(','), CultureInfo.InvariantCulture)).Order()];

    private static byte[] Run(string program, string[] arguments, byte[] input)
    {
        ProcessStartInfo start = new(program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        using Process process = Process.Start(start)!;
        StringBuilder errors = new();
        process.ErrorDataReceived += (_, e) => errors.AppendLine(e.Data);
        process.BeginErrorReadLine();
        Thread feed = new(() =>
        {
            try
            {
                process.StandardInput.BaseStream.Write(input);
                process.StandardInput.Close();
            }
            catch (IOException)
            {
                // It had enough; its exit code says whether that is an error.
            }
        });
        feed.Start();
        MemoryStream output = new();
        process.StandardOutput.BaseStream.CopyTo(output);
        if (!process.WaitForExit(Limit))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException(program + " did not end");
        }

        process.WaitForExit();
        feed.Join();
        if (process.ExitCode != 0)
            throw new InvalidOperationException(string.Create(
                CultureInfo.InvariantCulture, $"{program} {string.Join(' ', arguments)}\nexit {process.ExitCode}\n{errors}"));
        return output.ToArray();
    }
}
