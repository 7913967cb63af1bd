using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using VideoMatte.Frames;

namespace VideoMatte.Inference;

/// <summary>A network of the recurrent contract (<see cref="RecurrentContract"/>), run frame after frame. The picture goes in through one
/// reused buffer, the states stay values of ONNX Runtime, bound from one run's outputs to the next one's inputs. One thread at a time.</summary>
/// <remarks>For each frame: <see cref="Prepare"/>, fill the view, <see cref="Run"/>, read <see cref="Alpha"/> and <see cref="Foreground"/>.
/// A new size or ratio starts again from the start state; so does <see cref="Reset"/>.</remarks>
public sealed class RecurrentSession : IDisposable
{
    private readonly InferenceSession _session;
    private readonly RecurrentContract _contract;
    private readonly RecurrentBinding _binding;
    private readonly string _name;
    private float[] _view = [];
    private float[] _wideAlpha = [];
    private float[] _wideForeground = [];
    private float _ratio;
    private bool _ran;
    private bool _disposed;

    private RecurrentSession(InferenceSession session, RecurrentContract contract, string name, SessionSettings settings)
    {
        _session = session;
        _contract = contract;
        _name = name;
        Provider = settings.Provider;
        _binding = new RecurrentBinding(session, contract.IsHalf, settings.Provider);
    }

    /// <summary>Where it runs.</summary>
    public ProviderKind Provider { get; }

    /// <summary>True where the network's tensors are half precision; the views here are single all the same.</summary>
    public bool IsHalf => _contract.IsHalf;

    /// <summary>Where the graph takes one size only; else null.</summary>
    public int? FixedWidth => _contract.Width;

    public int? FixedHeight => _contract.Height;

    /// <summary>Of the frames since <see cref="Prepare"/>; 0 before.</summary>
    public int Width { get; private set; }

    public int Height { get; private set; }

    /// <summary>pha: Height x Width values, 0..1. Valid until the next <see cref="Run"/> or <see cref="Prepare"/>.</summary>
    public ReadOnlySpan<float> Alpha => Output(_binding.Alpha, ref _wideAlpha);

    /// <summary>fgr: the planes R, G, B, 3 x Height x Width values, 0..1. Valid as <see cref="Alpha"/> is.</summary>
    public ReadOnlySpan<float> Foreground => Output(_binding.Foreground, ref _wideForeground);

    /// <summary>A session on a model's bytes, its contract checked; the caller disposes it.</summary>
    /// <param name="model">The whole file, already verified. Not kept.</param>
    /// <param name="name">The file, as messages name it.</param>
    /// <param name="settings">Provider and threads.</param>
    /// <exception cref="MatteException">Not ONNX, another contract, or the provider cannot be used.</exception>
    public static RecurrentSession Open(byte[] model, string name, SessionSettings settings)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(settings);
        InferenceSession session = SessionFactory.Open(model, name, settings);
        try
        {
            return new RecurrentSession(session, RecurrentContract.Of(session, name), name, settings);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>The buffer of the network's view, to be filled before <see cref="Run"/>: planes R, G, B, 0..1.</summary>
    /// <returns>3 x height x width values; the same memory as long as the size stays.</returns>
    /// <exception cref="MatteException"><c>model-size</c>: the graph takes another size only.</exception>
    public Span<float> Prepare(int width, int height)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        if (width == Width && height == Height)
            return _view;
        if ((_contract.Width ?? width) != width || (_contract.Height ?? height) != height)
            throw new MatteException(ErrorKind.Model, "model-size", string.Create(
                CultureInfo.InvariantCulture,
                $"The model {_name} takes pictures of {_contract.Width}x{_contract.Height} only, not {width}x{height}: use --size, or another model."));
        _ran = false;
        int values = checked(3 * width * height);
        _view = _binding.Resize(width, height, values);
        (Width, Height) = (width, height);
        return _view;
    }

    /// <summary>Runs the network on the view and moves its state on.</summary>
    /// <param name="ratio">The small frame's size over the full one's, in (0, 1].</param>
    /// <exception cref="MatteException"><c>model-run-failed</c>, <c>provider-run-failed</c>, or <c>model-contract</c> where the outputs are
    /// not of the picture's size.</exception>
    public void Run(float ratio)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (Width == 0)
            throw new InvalidOperationException("Prepare comes first");
        if (!(ratio is > 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(ratio), ratio, "the ratio lies in (0, 1]");
        if (ratio != _ratio)
            _binding.SetRatio(ratio);
        _ratio = ratio;
        try
        {
            if (_binding.Run(_view))
                CheckOutputs();
            _ran = true;
        }
        catch (OnnxRuntimeException error)
        {
            string how = string.Create(CultureInfo.InvariantCulture, $" at ratio {_ratio}");
            throw SessionFactory.RunFailed(_name, Provider, (Width, Height), how, "another model or another --downsample-ratio", error);
        }
    }

    /// <summary>Forgets what was seen: the next frame meets the start state.</summary>
    public void Reset()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _binding.Restart();
    }

    /// <summary>Sets the start state, which <see cref="Reset"/> goes back to, and resets.</summary>
    /// <param name="states">r1 to r4, each as values in row-major order and shape (rank 4); null: zeros [1, 1, 1, 1]. Copied.</param>
    public void Seed(IReadOnlyList<(float[] Values, long[] Shape)>? states)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (states is not null && states.Count != RecurrentContract.StateInputs.Count)
            throw new ArgumentException("four states belong here", nameof(states));
        foreach ((float[] values, long[] shape) in states ?? [])
            if (shape.Length != 4 || shape.Aggregate(1L, (product, d) => product * d) != values.Length)
                throw new ArgumentException("the values of a state do not fill its four axes", nameof(states));
        _binding.Seed(states);
    }

    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        _binding.Dispose();
        _session.Dispose();
    }

    private ReadOnlySpan<float> Output(OrtValue? value, ref float[] wide)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (!_ran || value is null)
            throw new InvalidOperationException("Run comes first");
        if (!IsHalf)
            return value.GetTensorDataAsSpan<float>();
        ReadOnlySpan<Half> narrow = MemoryMarshal.Cast<Float16, Half>(value.GetTensorDataAsSpan<Float16>());
        if (wide.Length != narrow.Length)
            wide = new float[narrow.Length];
        HalfConversion.ToSingle(narrow, wide);
        return wide;
    }

    private void CheckOutputs()
    {
        Check(RecurrentContract.Alpha, _binding.Alpha!, 1);
        Check(RecurrentContract.Foreground, _binding.Foreground!, 3);
    }

    private void Check(string tensor, OrtValue value, int channels)
    {
        long[] shape = value.GetTensorTypeAndShape().Shape;
        if (!shape.AsSpan().SequenceEqual([1, channels, Height, Width]))
            throw RecurrentContract.Breach(_name, string.Create(
                CultureInfo.InvariantCulture,
                $"its output {tensor} came as [{string.Join(", ", shape)}], where [1, {channels}, {Height}, {Width}] belongs"));
    }
}
