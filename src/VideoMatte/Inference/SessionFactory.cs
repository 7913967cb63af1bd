using System.Globalization;
using Microsoft.ML.OnnxRuntime;
using VideoMatte.Frames;

namespace VideoMatte.Inference;

/// <summary>Opens sessions of ONNX Runtime and says in our words why one cannot be opened.</summary>
internal static class SessionFactory
{
    /// <summary>What a provider that is not there or not usable throws: a missing bridge is an entry point, not a runtime error.</summary>
    public static bool IsProviderFailure(Exception error) =>
        error is OnnxRuntimeException or EntryPointNotFoundException or DllNotFoundException or TypeInitializationException
            or BadImageFormatException or NotSupportedException;

    /// <summary>The session; the caller disposes it.</summary>
    /// <param name="model">The file's bytes.</param>
    /// <param name="name">The file, as messages name it.</param>
    /// <param name="settings">Provider and threads.</param>
    /// <exception cref="MatteException">The file is no ONNX model ONNX Runtime can run, or the provider cannot be used.</exception>
    public static InferenceSession Open(byte[] model, string name, SessionSettings settings)
    {
        OnnxFile.Check(model, name);
        RequireRuntime();
        using SessionOptions options = Options(settings);
        AppendProvider(options, settings.Provider);
        try
        {
            return new InferenceSession(model, options);
        }
        catch (Exception error) when (IsProviderFailure(error) && settings.Provider != ProviderKind.Cpu)
        {
            throw Unusable(settings.Provider, error);
        }
        catch (OnnxRuntimeException error)
        {
            throw new MatteException(
                ErrorKind.Model,
                "model-unusable",
                $"The model {name} cannot be loaded by ONNX Runtime: use a model file made for it, or download this one again.",
                error)
            { Detail = error.Message };
        }
    }

    /// <summary>The names in ONNX Runtime's own list of what is compiled in.</summary>
    public static IReadOnlyList<string> CompiledIn()
    {
        RequireRuntime();
        return OrtEnv.Instance().GetAvailableProviders();
    }

    public static MatteException Unusable(ProviderKind provider, Exception? why = null)
    {
        string name = ProviderNames.Name(provider);
        return new MatteException(
            ErrorKind.Provider,
            "provider-unavailable",
            why is null
                ? $"The provider {name} is not in this build: use {ProviderNames.BuildWith(provider)}, or --provider auto."
                : $"The provider {name} is in this build but cannot be used on this machine (its device, driver or libraries are missing): "
                    + "see `videomatte doctor`, or use --provider auto.",
            why)
        { Detail = why?.Message };
    }

    /// <summary>The error for a run that failed: the model's on the CPU, elsewhere the provider's.</summary>
    /// <param name="name">The model's file.</param>
    /// <param name="provider">Where it ran.</param>
    /// <param name="size">Of the picture.</param>
    /// <param name="how">What else the run was given, as it goes on after the size; may be empty.</param>
    /// <param name="instead">What to use in place of this model.</param>
    /// <param name="error">ONNX Runtime's.</param>
    public static MatteException RunFailed(string name, ProviderKind provider, (int Width, int Height) size, string how, string instead, OnnxRuntimeException error)
    {
        string picture = string.Create(CultureInfo.InvariantCulture, $"{size.Width}x{size.Height}");
        return provider == ProviderKind.Cpu
            ? new MatteException(ErrorKind.Model, "model-run-failed", $"The model {name} failed on a picture of {picture}{how}: use {instead}.", error) { Detail = error.Message }
            : new MatteException(
                ErrorKind.Provider, "provider-run-failed", $"The provider {ProviderNames.Name(provider)} failed on a picture of {picture}: use --provider cpu.", error)
            {
                Detail = error.Message,
            };
    }

    private static void RequireRuntime()
    {
        try
        {
            OrtEnv.Instance();
        }
        catch (Exception error) when (error is TypeInitializationException or DllNotFoundException or EntryPointNotFoundException
            or BadImageFormatException)
        {
            throw new MatteException(
                ErrorKind.Provider,
                "runtime-missing",
                "The native library of ONNX Runtime cannot be loaded: build the program again on this machine.",
                error)
            { Detail = (error.InnerException ?? error).Message };
        }
    }

    private static SessionOptions Options(SessionSettings settings)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(settings.Threads);
        SessionOptions options = new()
        {
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            IntraOpNumThreads = settings.Threads,
            InterOpNumThreads = 1,
            // Old exports bring hundreds of warnings at load.
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        // ffmpeg works beside: threads that spin while they wait take its cores (44 ms against 59 a frame, measured on two).
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        return options;
    }

    private static void AppendProvider(SessionOptions options, ProviderKind provider)
    {
        if (provider == ProviderKind.Cpu)
            return;
        if (!CompiledIn().Contains(ProviderNames.RuntimeName(provider), StringComparer.Ordinal))
            throw Unusable(provider);
        try
        {
            switch (provider)
            {
                case ProviderKind.Cuda:
                    using (OrtCUDAProviderOptions cuda = new())
                        options.AppendExecutionProvider_CUDA(cuda);
                    break;
                case ProviderKind.TensorRt:
                    using (OrtTensorRTProviderOptions tensorRt = new())
                        options.AppendExecutionProvider_Tensorrt(tensorRt);
                    // What TensorRT does not take should stay on the device.
                    using (OrtCUDAProviderOptions cuda = new())
                        options.AppendExecutionProvider_CUDA(cuda);
                    break;
                case ProviderKind.DirectMl:
                    // Its documentation asks for both: no memory pattern, sequential execution (already so).
                    options.EnableMemoryPattern = false;
                    options.AppendExecutionProvider_DML();
                    break;
                case ProviderKind.CoreMl:
                    options.AppendExecutionProvider("CoreML");
                    break;
            }
        }
        catch (Exception error) when (IsProviderFailure(error))
        {
            throw Unusable(provider, error);
        }
    }
}
