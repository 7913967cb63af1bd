namespace VideoMatte.Frames;

/// <summary>A curve over 0 to a highest value as a table of straight pieces, for whole rows of values.</summary>
/// <remarks>One loop for every machine: the look-ups are single loads, which vectors of .NET do not gather. Between the entries of 8192
/// pieces the curves used here are straight to under 1e-6, far below a half float's or a 12-bit code's step.</remarks>
public sealed class CurveTable
{
    private const int Pieces = 8192;

    private readonly float[] _values = new float[Pieces + 2];
    private readonly float _scale;

    /// <param name="curve">Finite on 0..<paramref name="highest"/>.</param>
    /// <param name="highest">Above 0. Values beyond either end get the end's.</param>
    public CurveTable(Func<double, double> curve, double highest)
    {
        ArgumentNullException.ThrowIfNull(curve);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(highest);
        for (int i = 0; i <= Pieces; i++)
            _values[i] = (float)curve(highest * i / Pieces);
        // One more, so that the last piece has an end of its own.
        _values[Pieces + 1] = _values[Pieces];
        _scale = (float)(Pieces / highest);
    }

    /// <summary>One value; what is no number is taken for 0.</summary>
    public float this[float value]
    {
        get
        {
            float at = value * _scale;
            at = at > 0 ? at : 0;
            at = at < Pieces ? at : Pieces;
            int piece = (int)at;
            float low = _values[piece];
            return low + ((_values[piece + 1] - low) * (at - piece));
        }
    }

    /// <summary>Every value in place.</summary>
    public void Apply(Span<float> values)
    {
        for (int i = 0; i < values.Length; i++)
            values[i] = this[values[i]];
    }
}
