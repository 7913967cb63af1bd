using System.Globalization;
using System.Runtime.InteropServices;
using VideoMatte.Inference;
using VideoMatte.Models;
using VideoMatte.Pipelines;

namespace VideoMatte.Cli;

/// <summary>What this machine has, as <c>doctor</c> prints it.</summary>
internal sealed record DoctorReport(
    string Version,
    string System,
    int Cores,
    long MemoryBytes,
    FfmpegCheck Ffmpeg,
    DoctorReport.Runtime OnnxRuntime,
    IReadOnlyList<DoctorReport.Provider> Providers,
    IReadOnlyList<string> ModelFolders,
    IReadOnlyList<string> InstalledModels,
    IReadOnlyList<string> ModelFaults)
{
    public static DoctorReport Of(FfmpegCheck ffmpeg, Terminal terminal)
    {
        ModelStore store = Services.Store(terminal);
        ModelFile plate = store.Resolve("plate", cleanPlateGiven: false);
        RuntimeInfo runtime = RuntimeInfo.Probe(plate.Bytes.ToArray(), plate.Path);
        return new DoctorReport(
            typeof(DoctorReport).Assembly.GetName().Version!.ToString(3),
            RuntimeInformation.OSDescription + ", " + RuntimeInformation.FrameworkDescription,
            Environment.ProcessorCount,
            MachineMemory.TotalBytes,
            ffmpeg,
            new Runtime(runtime.Version, runtime.Source, runtime.Package, runtime.Problem),
            [.. runtime.Providers.Select(p => new Provider(p.Name, p.CompiledIn, p.Loads, p.CanaryPasses, p.Problem))],
            [.. store.Folders.All],
            [.. store.Catalogue.Entries.Where(e => store.Find(e) is not null).Select(e => e.Id)],
            [.. store.Faults]);
    }

    public void Print(TextWriter to)
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        to.WriteLine(string.Create(culture, $"videomatte {Version}: {SafeText.Show(System)}, {Cores} cores, {MemoryBytes / 1e9:0.0} GB"));
        to.WriteLine(Ffmpeg.Usable ? $"ffmpeg {SafeText.Show(Ffmpeg.Version)} at {SafeText.Show(Ffmpeg.Path)}" : $"ffmpeg: {SafeText.Show(Ffmpeg.Problem)}");
        if (Ffmpeg.MissingEncoders.Count > 0)
            to.WriteLine($"  this build lacks the encoders {string.Join(", ", Ffmpeg.MissingEncoders)}: the presets that need them will not work");
        to.WriteLine(OnnxRuntime.Problem is null
            ? $"ONNX Runtime {OnnxRuntime.Version} from {OnnxRuntime.Source} ({OnnxRuntime.Package})"
            : "ONNX Runtime: " + SafeText.Show(OnnxRuntime.Problem));
        foreach (Provider p in Providers)
            to.WriteLine($"  {p.Name,-9} {Words(p)}");
        to.WriteLine($"models: {(InstalledModels.Count == 0 ? "none" : string.Join(", ", InstalledModels))}");
        foreach (string folder in ModelFolders)
            to.WriteLine($"  looked for in {SafeText.Show(folder)}");
        foreach (string fault in ModelFaults)
            to.WriteLine("  " + SafeText.Show(fault));
    }

    private static string Words(Provider p) =>
        !p.CompiledIn ? "not compiled in" : !p.Loads ? "compiled in, does not load" + Why(p) : p.CanaryPasses ? "works" : "loads, gives wrong results" + Why(p);

    private static string Why(Provider p) => p.Problem is null ? string.Empty : ": " + SafeText.Show(p.Problem);

    /// <param name="Source"><c>nuget</c>, <c>npm</c> or <c>path</c>: what the build chose.</param>
    internal sealed record Runtime(string? Version, string? Source, string? Package, string? Problem);

    internal sealed record Provider(string Name, bool CompiledIn, bool Loads, bool CanaryPasses, string? Problem);
}
