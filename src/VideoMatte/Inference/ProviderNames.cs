using VideoMatte.Frames;

namespace VideoMatte.Inference;

/// <summary>Providers as the user, ONNX Runtime and our builds call them.</summary>
public static class ProviderNames
{
    /// <summary>The word that leaves the choice to <see cref="ProviderSelector"/>.</summary>
    public const string Auto = "auto";

    /// <summary>All, the CPU first.</summary>
    public static IReadOnlyList<ProviderKind> All { get; } = Enum.GetValues<ProviderKind>();

    /// <summary><c>cpu</c>, <c>cuda</c>, <c>tensorrt</c>, <c>directml</c>, <c>coreml</c>.</summary>
    public static string Name(ProviderKind kind) => kind switch
    {
        ProviderKind.Cpu => "cpu",
        ProviderKind.Cuda => "cuda",
        ProviderKind.TensorRt => "tensorrt",
        ProviderKind.DirectMl => "directml",
        ProviderKind.CoreMl => "coreml",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    /// <returns>Null for <c>auto</c>.</returns>
    /// <exception cref="MatteException"><c>provider-unknown</c>: no such word.</exception>
    public static ProviderKind? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text == Auto)
            return null;
        foreach (ProviderKind kind in All)
            if (Name(kind) == text)
                return kind;
        throw new MatteException(
            ErrorKind.Usage, "provider-unknown", $"There is no provider {text}: choose {Auto}, {string.Join(", ", All.Select(Name))}.");
    }

    /// <summary>As in ONNX Runtime's list of what is compiled in.</summary>
    public static string RuntimeName(ProviderKind kind) => kind switch
    {
        ProviderKind.Cpu => "CPUExecutionProvider",
        ProviderKind.Cuda => "CUDAExecutionProvider",
        ProviderKind.TensorRt => "TensorrtExecutionProvider",
        ProviderKind.DirectMl => "DmlExecutionProvider",
        ProviderKind.CoreMl => "CoreMLExecutionProvider",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    /// <summary>The build that has it, to stand in a sentence.</summary>
    public static string BuildWith(ProviderKind kind) => kind switch
    {
        ProviderKind.Cpu => "every build",
        ProviderKind.Cuda or ProviderKind.TensorRt =>
            "a build on the NuGet package Microsoft.ML.OnnxRuntime.Gpu, or with -p:OnnxRuntimeNpmGpu=true",
        ProviderKind.DirectMl => "a Windows build with -p:OnnxRuntimeFlavor=directml",
        ProviderKind.CoreMl => "a macOS build",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
