using System.Diagnostics;
using System.Globalization;
using VideoMatte.Testing;
using Xunit;

namespace VideoMatte.Cli.Tests;

/// <summary>The length of a clip does not show in memory: ten times the frames, the same peak.</summary>
public sealed class MemoryTests
{
    private const double MostGrowth = 1.10;

    [SharedFact]
    [Trait("Category", TestCategory.Long)]
    public async Task Matte_TenTimesTheLength_NeedsNoMoreMemory()
    {
        using var folder = new TempFolder();
        string six = folder["six.mp4"], sixty = folder["sixty.mp4"];
        string source = SharedData.Clips("08-woman-movingcamera-sound-720p.mp4");
        await RealFfmpeg.RunAsync("-i", source, "-t", "6", "-c", "copy", six);
        await RealFfmpeg.RunAsync("-stream_loop", "9", "-i", six, "-c", "copy", sixty);
        (long own, long children) small = await PeakAsync(folder, six), large = await PeakAsync(folder, sixty);
        string figures = string.Create(CultureInfo.InvariantCulture,
            $"process {small.own >> 20} -> {large.own >> 20} MiB, children {small.children >> 20} -> {large.children >> 20} MiB");
        Assert.True(large.own <= small.own * MostGrowth && large.children <= small.children * MostGrowth, figures);
    }

    /// <summary>Highest resident set of the program, and of its children together, looked at ten times a second.</summary>
    private static async Task<(long Own, long Children)> PeakAsync(TempFolder folder, string clip)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "videomatte.dll"), "matte", clip, "--model", SharedData.RvmModel,
            "--warmup", "0", "-o", Path.ChangeExtension(clip, ".webm"), "--quiet"]);
        using Process program = Process.Start(start)!;
        long own = 0, children = 0;
        while (!program.HasExited)
        {
            own = Math.Max(own, Resident(program.Id, "VmHWM:"));
            children = Math.Max(children, Processes().Where(p => p.Parent == program.Id).Sum(p => Resident(p.Id, "VmRSS:")));
            await Task.Delay(100);
        }

        Assert.Equal(0, program.ExitCode);
        return (own, children);
    }

    private static IEnumerable<(int Id, int Parent)> Processes()
    {
        foreach (string folder in Directory.EnumerateDirectories("/proc"))
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out int id) && Line(id, "PPid:") is { } parent)
                yield return (id, int.Parse(parent, CultureInfo.InvariantCulture));
    }

    private static long Resident(int id, string field) =>
        Line(id, field) is { } text ? long.Parse(text.Split(' ', StringSplitOptions.RemoveEmptyEntries)[0], CultureInfo.InvariantCulture) << 10 : 0;

    private static string? Line(int id, string field)
    {
        try
        {
            return File.ReadLines($"/proc/{id}/status").FirstOrDefault(l => l.StartsWith(field, StringComparison.Ordinal))?[field.Length..].Trim();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null; // it ended while we looked
        }
    }
}
