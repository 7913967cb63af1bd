using Microsoft.ML.OnnxRuntime;

namespace VideoMatte.Inference;

/// <summary>The four states of a recurrent network, as ONNX Runtime's own values. Two sets take turns: what one run writes the next one
/// reads, and their memory is used again, on whichever device it lies. Disposed by its session.</summary>
internal sealed class RecurrentState : IDisposable
{
    private readonly OrtValue?[] _start = new OrtValue?[4];
    private readonly OrtValue?[][] _sets = [new OrtValue?[4], new OrtValue?[4]];

    /// <summary>What the first frame of a shot reads.</summary>
    public IReadOnlyList<OrtValue?> Start => _start;

    /// <summary>True once a set has its memory.</summary>
    public bool Has(int set) => _sets[set][0] is not null;

    public OrtValue Of(int set, int state) => _sets[set][state]!;

    /// <summary>Takes over the memory ONNX Runtime made for a set.</summary>
    public void Adopt(int set, int state, OrtValue value)
    {
        _sets[set][state]?.Dispose();
        _sets[set][state] = value;
    }

    /// <summary>Takes the start over; whoever reads it must bind it anew.</summary>
    public void Begin(IReadOnlyList<OrtValue> start)
    {
        for (int i = 0; i < _start.Length; i++)
        {
            _start[i]?.Dispose();
            _start[i] = start[i];
        }
    }

    /// <summary>Gives the memory of both sets back: the size or the ratio changes.</summary>
    public void Drop()
    {
        foreach (OrtValue?[] set in _sets)
            DisposeAll(set);
    }

    public void Dispose()
    {
        Drop();
        DisposeAll(_start);
    }

    private static void DisposeAll(OrtValue?[] values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i]?.Dispose();
            values[i] = null;
        }
    }
}
