using Microsoft.ML.OnnxRuntime;
using VideoMatte.Matting.Plate;

namespace VideoMatte.Tests.Matting;

/// <summary>Runs a graph of RVM's contract frame by frame straight on ONNX Runtime, states kept as managed arrays.</summary>
internal sealed class PlateRunner : IDisposable
{
    private static readonly string[] StateNames = ["r1", "r2", "r3", "r4"];

    private readonly SessionOptions _options = new() { IntraOpNumThreads = 2 };
    private readonly InferenceSession _session;
    private readonly RunOptions _run = new();
    private (float[] Values, long[] Shape)[] _states = [];

    public PlateRunner(byte[] model)
    {
        // Threads that spin between runs take the processor from the tests beside.
        _options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        _session = new InferenceSession(model, _options);
        Reset();
    }

    public PlateRunner()
        : this(PlateGraph.Build())
    {
    }

    public IReadOnlyList<(float[] Values, long[] Shape)> States => _states;

    public void Reset() => _states = [.. StateNames.Select(_ => (new float[1], new long[] { 1, 1, 1, 1 }))];

    public void Seed(IReadOnlyList<(float[] Values, long[] Shape)> states) => _states = [.. states];

    public (float[] Foreground, float[] Alpha) Step(float[] rgb, int width, int height, float ratio)
    {
        List<OrtValue> inputs = [Tensor(rgb, [1, 3, height, width])];
        inputs.AddRange(_states.Select(s => Tensor(s.Values, s.Shape)));
        inputs.Add(Tensor([ratio], [1]));
        string[] inputNames = ["src", .. StateNames.Select(n => n + "i"), "downsample_ratio"];
        string[] outputNames = ["fgr", "pha", .. StateNames.Select(n => n + "o")];
        try
        {
            using IDisposableReadOnlyCollection<OrtValue> outputs = _session.Run(_run, inputNames, inputs, outputNames);
            _states = [.. outputs.Skip(2).Select(Read)];
            return (Read(outputs[0]).Values, Read(outputs[1]).Values);
        }
        finally
        {
            inputs.ForEach(i => i.Dispose());
        }
    }

    public void Dispose()
    {
        _run.Dispose();
        _session.Dispose();
        _options.Dispose();
    }

    private static OrtValue Tensor(float[] values, long[] shape) => OrtValue.CreateTensorValueFromMemory(values, shape);

    private static (float[] Values, long[] Shape) Read(OrtValue value) =>
        (value.GetTensorDataAsSpan<float>().ToArray(), value.GetTensorTypeAndShape().Shape);
}
