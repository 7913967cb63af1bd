using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using VideoMatte.Frames;
using VideoMatte.Models;

namespace VideoMatte.Inference;

/// <summary>A still network, run on one picture at a time. One thread at a time.</summary>
/// <remarks>For each picture: <see cref="Prepare"/>, fill the buffer, <see cref="Run"/>, read <see cref="Result"/>.</remarks>
public sealed class StillSession : IDisposable
{
    private readonly InferenceSession _session;
    private readonly StillContract _contract;
    private readonly ModelOutput _output;
    private readonly string _name;
    private readonly RunOptions _run = new() { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
    private float[] _picture = [];
    private Float16[] _half = [];
    private float[] _wide = [];
    private OrtValue? _source;
    private OrtValue? _result;
    private OrtIoBinding? _binding;
    private bool _disposed;

    private StillSession(InferenceSession session, StillContract contract, ModelOutput output, string name, ProviderKind provider)
    {
        _session = session;
        _contract = contract;
        _output = output;
        _name = name;
        Provider = provider;
    }

    /// <summary>Where it runs.</summary>
    public ProviderKind Provider { get; }

    /// <summary>True: the picture is fed NHWC; false: NCHW.</summary>
    public bool IsChannelLast => _contract.IsChannelLast;

    /// <summary>Of the picture since <see cref="Prepare"/>; 0 before.</summary>
    public int Width { get; private set; }

    public int Height { get; private set; }

    /// <summary>How <see cref="Result"/> lies; known after the first <see cref="Run"/> of a size.</summary>
    public StillPlane Plane { get; private set; }

    /// <summary>The output as the graph gives it, batch entry 0. Valid until the next <see cref="Run"/> or <see cref="Prepare"/>.</summary>
    public ReadOnlySpan<float> Result
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            OrtValue value = _result ?? throw new InvalidOperationException("Run comes first");
            int count = Plane.Pixels * Plane.Channels;
            if (!_contract.IsHalfOut)
                return value.GetTensorDataAsSpan<float>()[..count];
            if (_wide.Length != count)
                _wide = new float[count];
            HalfConversion.ToSingle(MemoryMarshal.Cast<Float16, Half>(value.GetTensorDataAsSpan<Float16>()[..count]), _wide);
            return _wide;
        }
    }

    /// <summary>A session on a model's bytes, its contract checked; the caller disposes it.</summary>
    /// <param name="model">The whole file, already verified. Not kept.</param>
    /// <param name="name">The file, as messages name it.</param>
    /// <param name="input">How it is fed.</param>
    /// <param name="output">Where its alpha stands.</param>
    /// <param name="settings">Provider and threads.</param>
    /// <exception cref="MatteException">Not ONNX, another contract, or the provider cannot be used.</exception>
    public static StillSession Open(byte[] model, string name, ModelInput input, ModelOutput output, SessionSettings settings)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(settings);
        InferenceSession session = SessionFactory.Open(model, name, settings);
        try
        {
            return new StillSession(session, StillContract.Of(session, name, input, output), output, name, settings.Provider);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>The buffer of the network's picture, to be filled before <see cref="Run"/>: 3 x height x width values as the graph wants them
    /// (order, scale, mean and standard deviation already applied), NHWC where <see cref="IsChannelLast"/>, else NCHW.</summary>
    /// <returns>The same memory as long as the size stays.</returns>
    public Span<float> Prepare(int width, int height)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        int values = checked(3 * width * height);
        if (width == Width && height == Height)
            return _picture.AsSpan(0, values);
        Forget();
        // A fixed batch above one: the rest of it stays zero and is not looked at.
        int all = checked(values * _contract.Batch);
        long[] shape = _contract.IsChannelLast ? [_contract.Batch, height, width, 3] : [_contract.Batch, 3, height, width];
        _picture = GC.AllocateArray<float>(all, pinned: true);
        _half = _contract.IsHalfIn ? GC.AllocateArray<Float16>(all, pinned: true) : [];
        _source = _contract.IsHalfIn ? OrtValue.CreateTensorValueFromMemory(_half, shape) : OrtValue.CreateTensorValueFromMemory(_picture, shape);
        (Width, Height) = (width, height);
        return _picture.AsSpan(0, values);
    }

    /// <summary>Runs the network on the picture.</summary>
    /// <exception cref="MatteException"><c>model-run-failed</c>, <c>provider-run-failed</c>, or <c>model-contract</c> where the output is no
    /// picture with the entry's channel.</exception>
    public void Run()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_source is null)
            throw new InvalidOperationException("Prepare comes first");
        if (_contract.IsHalfIn)
            HalfConversion.FromSingle(_picture, MemoryMarshal.Cast<Float16, Half>(_half.AsSpan()));
        try
        {
            if (_binding is not null)
            {
                _session.RunWithBinding(_run, _binding);
                _binding.SynchronizeBoundOutputs();
                return;
            }

            FirstRun();
        }
        catch (OnnxRuntimeException error)
        {
            throw SessionFactory.RunFailed(_name, Provider, (Width, Height), "", "another model", error);
        }
    }

    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        Forget();
        _run.Dispose();
        _session.Dispose();
    }

    /// <summary>ONNX Runtime makes the output's memory, which later runs of this size write again.</summary>
    private void FirstRun()
    {
        using (OrtIoBinding first = _session.CreateIoBinding())
        {
            first.BindInput(_contract.Input, _source!);
            first.BindOutputToDevice(_contract.Output, OrtMemoryInfo.DefaultInstance);
            _session.RunWithBinding(_run, first);
            first.SynchronizeBoundOutputs();
            _result = first.GetOutputValues().First();
        }

        Plane = StillContract.Locate(_result.GetTensorTypeAndShape().Shape, _output, _name);
        _binding = _session.CreateIoBinding();
        _binding.BindInput(_contract.Input, _source!);
        _binding.BindOutput(_contract.Output, _result);
    }

    private void Forget()
    {
        _binding?.Dispose();
        _result?.Dispose();
        _source?.Dispose();
        (_binding, _result, _source) = (null, null, null);
        (Width, Height) = (0, 0);
    }
}
