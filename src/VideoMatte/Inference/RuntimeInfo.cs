using System.Reflection;
using Microsoft.ML.OnnxRuntime;
using VideoMatte.Frames;

namespace VideoMatte.Inference;

/// <summary>What this build and this machine offer for inference, for <c>doctor</c>.</summary>
/// <param name="Version">Of the native ONNX Runtime; null where it cannot be loaded.</param>
/// <param name="Source">Where the build took it from: <c>nuget</c>, <c>npm</c>, <c>path</c>; null where not recorded.</param>
/// <param name="Package">Package name and version; null where not recorded.</param>
/// <param name="Problem">Why the native library cannot be loaded; else null.</param>
/// <param name="Providers">Each known provider, the CPU first.</param>
public sealed record RuntimeInfo(
    string? Version, string? Source, string? Package, string? Problem, IReadOnlyList<ProviderStatus> Providers)
{
    private const string WrapperAssembly = "VideoMatte.OnnxRuntime";

    /// <summary>Tries every provider that is compiled in, on a model of the recurrent contract.</summary>
    /// <param name="model">Its file's bytes; the built-in model serves.</param>
    /// <param name="name">As messages name it.</param>
    public static RuntimeInfo Probe(byte[] model, string name)
    {
        ArgumentNullException.ThrowIfNull(model);
        (string? source, string? package) = (Recorded("OnnxRuntimeSource"), Recorded("OnnxRuntimePackage"));
        IReadOnlyList<string> compiledIn;
        try
        {
            compiledIn = SessionFactory.CompiledIn();
        }
        catch (MatteException error)
        {
            return new RuntimeInfo(null, source, package, error.Message, []);
        }

        ProviderStatus[] providers = [.. ProviderNames.All.Select(p => Try(model, name, p, compiledIn))];
        return new RuntimeInfo(OrtEnv.Instance().GetVersionString(), source, package, null, providers);
    }

    private static ProviderStatus Try(byte[] model, string name, ProviderKind provider, IReadOnlyList<string> compiledIn)
    {
        string word = ProviderNames.Name(provider);
        if (!compiledIn.Contains(ProviderNames.RuntimeName(provider), StringComparer.Ordinal))
            return new ProviderStatus(word, false, false, false, SessionFactory.Unusable(provider).Message);
        bool loads = false;
        try
        {
            using RecurrentSession session = RecurrentSession.Open(model, name, new SessionSettings(provider));
            loads = true;
            using RecurrentSession reference = RecurrentSession.Open(model, name, new SessionSettings());
            string? fault = CanaryFrame.Compare(session, reference);
            return new ProviderStatus(word, true, true, fault is null, fault);
        }
        catch (MatteException error)
        {
            return new ProviderStatus(word, true, loads, false, error.Message);
        }
    }

    private static string? Recorded(string key)
    {
        try
        {
            return Assembly.Load(WrapperAssembly).GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(a => a.Key == key)?.Value;
        }
        catch (Exception error) when (error is FileNotFoundException or FileLoadException or BadImageFormatException)
        {
            return null;
        }
    }
}
