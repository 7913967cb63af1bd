using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace VideoMatte.Inference;

/// <summary>The bindings of one recurrent session. The first two runs of a size let ONNX Runtime make the outputs' memory; from then on two
/// fixed bindings take turns (one reads the set of states the other writes), so that a frame costs no binding and no managed memory.</summary>
internal sealed class RecurrentBinding : IDisposable
{
    /// <summary>In place of a set: the start state.</summary>
    private const int Start = -1;

    private readonly InferenceSession _session;
    private readonly bool _isHalf;
    private readonly OrtMemoryInfo _stateMemory;
    private readonly bool _ownsStateMemory;
    private readonly RunOptions _run = new() { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
    private readonly RecurrentState _states = new();
    private readonly OrtIoBinding?[] _turns = new OrtIoBinding?[2];
    private readonly float[] _ratio = GC.AllocateArray<float>(1, pinned: true);
    private readonly OrtValue _ratioValue;
    private Float16[] _half = [];
    private OrtValue? _source;
    private int _reads = Start;

    public RecurrentBinding(InferenceSession session, bool isHalf, ProviderKind provider)
    {
        _session = session;
        _isHalf = isHalf;
        // Where the device's memory can be named, the states never leave it.
        _ownsStateMemory = provider is ProviderKind.Cuda or ProviderKind.TensorRt;
        _stateMemory = _ownsStateMemory
            ? new OrtMemoryInfo(OrtMemoryInfo.allocatorCUDA, OrtAllocatorType.DeviceAllocator, 0, OrtMemType.Default)
            : OrtMemoryInfo.DefaultInstance;
        _ratioValue = OrtValue.CreateTensorValueFromMemory(_ratio, [1]);
        Seed(null);
    }

    public OrtValue? Alpha { get; private set; }

    public OrtValue? Foreground { get; private set; }

    /// <summary>New memory for a new size; the start state follows.</summary>
    /// <returns>The view's buffer.</returns>
    public float[] Resize(int width, int height, int values)
    {
        Forget();
        _source?.Dispose();
        _source = null;
        float[] view = GC.AllocateUninitializedArray<float>(values, pinned: true);
        long[] shape = [1, 3, height, width];
        if (_isHalf)
        {
            _half = GC.AllocateUninitializedArray<Float16>(values, pinned: true);
            _source = OrtValue.CreateTensorValueFromMemory(_half, shape);
        }
        else
        {
            _source = OrtValue.CreateTensorValueFromMemory(view, shape);
        }

        return view;
    }

    public void SetRatio(float ratio)
    {
        Forget();
        _ratio[0] = ratio;
    }

    public void Restart() => _reads = Start;

    public void Seed(IReadOnlyList<(float[] Values, long[] Shape)>? states)
    {
        // A seed may change the shapes that follow from it.
        Forget();
        _states.Begin(states is null
            ? [.. Enumerable.Range(0, 4).Select(_ => State(new float[1], [1, 1, 1, 1]))]
            : [.. states.Select(s => State([.. s.Values], s.Shape))]);
    }

    /// <returns>True where the outputs' memory is new, so that their shapes are worth a look.</returns>
    public bool Run(ReadOnlySpan<float> view)
    {
        if (_isHalf)
            HalfConversion.FromUnit(view, MemoryMarshal.Cast<Float16, Half>(_half.AsSpan()));
        int writes = _reads == 0 ? 1 : 0;
        bool settled = _reads != Start && _states.Has(writes);
        bool isNew = Alpha is null;
        if (settled)
        {
            OrtIoBinding turn = _turns[_reads] ??= Bind(writes);
            _session.RunWithBinding(_run, turn);
            turn.SynchronizeBoundOutputs();
        }
        else
        {
            using OrtIoBinding binding = Bind(writes);
            _session.RunWithBinding(_run, binding);
            Adopt(binding, writes);
        }

        _reads = writes;
        return isNew;
    }

    public void Dispose()
    {
        Forget();
        _states.Dispose();
        _source?.Dispose();
        _ratioValue.Dispose();
        _run.Dispose();
        if (_ownsStateMemory)
            _stateMemory.Dispose();
    }

    private OrtValue State(float[] values, long[] shape)
    {
        if (!_isHalf)
            return OrtValue.CreateTensorValueFromMemory(values, shape);
        return OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(values, v => (Float16)v), shape);
    }

    /// <summary>Inputs from the picture and the set to read; outputs into the memory there is, else into what ONNX Runtime makes.</summary>
    private OrtIoBinding Bind(int writes)
    {
        OrtIoBinding binding = _session.CreateIoBinding();
        binding.BindInput(RecurrentContract.Source, _source!);
        binding.BindInput(RecurrentContract.Ratio, _ratioValue);
        for (int i = 0; i < 4; i++)
            binding.BindInput(RecurrentContract.StateInputs[i], _reads == Start ? _states.Start[i]! : _states.Of(_reads, i));
        BindOutput(binding, RecurrentContract.Foreground, Foreground, OrtMemoryInfo.DefaultInstance);
        BindOutput(binding, RecurrentContract.Alpha, Alpha, OrtMemoryInfo.DefaultInstance);
        bool known = _states.Has(writes);
        for (int i = 0; i < 4; i++)
            BindOutput(binding, RecurrentContract.StateOutputs[i], known ? _states.Of(writes, i) : null, _stateMemory);
        return binding;
    }

    private static void BindOutput(OrtIoBinding binding, string name, OrtValue? memory, OrtMemoryInfo where)
    {
        if (memory is null)
            binding.BindOutputToDevice(name, where);
        else
            binding.BindOutput(name, memory);
    }

    /// <summary>Keeps what a run made: the values come in the order they were bound. Values over memory we had are only second names.</summary>
    private void Adopt(OrtIoBinding binding, int writes)
    {
        binding.SynchronizeBoundOutputs();
        bool known = _states.Has(writes);
        OrtValue[] made = [.. binding.GetOutputValues()];
        Foreground = Keep(Foreground, made[0]);
        Alpha = Keep(Alpha, made[1]);
        for (int i = 0; i < 4; i++)
            if (known)
                made[i + 2].Dispose();
            else
                _states.Adopt(writes, i, made[i + 2]);
    }

    private static OrtValue Keep(OrtValue? known, OrtValue made)
    {
        if (known is null)
            return made;
        made.Dispose();
        return known;
    }

    private void Forget()
    {
        for (int i = 0; i < _turns.Length; i++)
        {
            _turns[i]?.Dispose();
            _turns[i] = null;
        }

        _states.Drop();
        Alpha?.Dispose();
        Foreground?.Dispose();
        (Alpha, Foreground) = (null, null);
        _reads = Start;
    }
}
