using VideoMatte.Frames;

namespace VideoMatte.Compositing;

/// <summary>Reads and lowers the tint of a hue in a frame's planes. Luma stays: in Y'CbCr only Cb and Cr move, in G'B'R' what is taken from the
/// hue's channels is given to all in luma's proportion (ITU-T H.273; BT.709's for RGB).</summary>
internal readonly struct TintPlanes
{
    private readonly SpillHue _hue;
    private readonly bool _rgb;
    private readonly float _scale;
    private readonly float _neutral;
    private readonly float _low;
    private readonly float _high;
    private readonly float _redOfCr;
    private readonly float _blueOfCb;
    private readonly float _greenOfRed;
    private readonly float _greenOfBlue;
    private readonly float _first;
    private readonly float _second;
    private readonly float _third;

    /// <param name="format">Not grey.</param>
    /// <param name="hue">Whose tint.</param>
    public TintPlanes(FrameFormat format, SpillHue hue)
    {
        _hue = hue;
        _rgb = format.IsRgb;
        ColourMatrix matrix = format.Colour.Assumed(format.Height);
        LumaCoefficients k = LumaCoefficients.For(
            matrix is ColourMatrix.Identity or ColourMatrix.YCgCo ? ColourMatrix.Bt709 : matrix);
        bool full = _rgb || format.Colour.Range == ColourRange.Full;
        int unit = 1 << (format.Depth - 8);
        _scale = full ? format.MaxCode : 224 * unit;
        _neutral = _rgb ? 0 : format.NeutralCode;
        (_low, _high) = full ? (0, format.MaxCode) : (16 * unit, 240 * unit);
        _redOfCr = (float)(2 * (1 - k.Kr));
        _blueOfCb = (float)(2 * (1 - k.Kb));
        _greenOfRed = (float)(-k.Kr / k.Kg);
        _greenOfBlue = (float)(-k.Kb / k.Kg);
        float luma = (float)((hue.Red ? k.Kr : 0) + (hue.Green ? k.Kg : 0) + (hue.Blue ? k.Kb : 0));
        float red = luma - (hue.Red ? 1 : 0), green = luma - (hue.Green ? 1 : 0), blue = luma - (hue.Blue ? 1 : 0);
        (_first, _second, _third) = _rgb ? (green, blue, red) : (0, blue / _blueOfCb, red / _redOfCr);
    }

    /// <summary>The tint at a sample, in units of 0..1; of Y'CbCr the sample is one of chroma.</summary>
    public float Tint<T>(in FrameSamples<T> samples, int i)
        where T : unmanaged
    {
        float second = SampleOf.Code<T>(samples.Second, i), third = SampleOf.Code<T>(samples.Third, i);
        if (_rgb)
            return _hue.Tint(third / _scale, SampleOf.Code<T>(samples.First, i) / _scale, second / _scale);
        float red = _redOfCr * (third - _neutral) / _scale, blue = _blueOfCb * (second - _neutral) / _scale;
        return _hue.Tint(red, (_greenOfRed * red) + (_greenOfBlue * blue), blue);
    }

    /// <summary>Takes <paramref name="tint"/> out of a sample.</summary>
    public void Lower<T>(in FrameSamples<T> samples, int i, float tint)
        where T : unmanaged
    {
        if (_rgb)
            Move(samples.First, i, tint * _first);
        Move(samples.Second, i, tint * _second);
        Move(samples.Third, i, tint * _third);
    }

    private void Move<T>(Span<T> samples, int i, float by)
        where T : unmanaged =>
        samples[i] = SampleOf.Of<T>((int)(Math.Clamp(SampleOf.Code<T>(samples, i) + (by * _scale), _low, _high) + .5f));
}
