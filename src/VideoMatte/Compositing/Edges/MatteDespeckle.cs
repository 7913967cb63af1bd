using VideoMatte.Frames;

namespace VideoMatte.Compositing.Edges;

/// <summary>Removes isolated specks from a matte and fills pinholes: an opening by attribute (Breen and Jones, 1996) whose attribute is the
/// extent. Everything else stays as it is, bit for bit.</summary>
/// <remarks><para>A speck is a set of samples of half a code of 8 bits or more that hang together (eight neighbours) and whose box is smaller
/// than the limit both ways: a single hair, thin but long, is none. It becomes 0. A pinhole is the same of 1 - alpha and becomes full.
/// Extent and not area, so that "smaller than N pixels across" means what it says.</para>
/// <para>What touches the frame's border may go on outside and stays. Traces below half a code of 8 bits belong to no speck.</para></remarks>
internal sealed class MatteDespeckle
{
    /// <summary>Half a code of 8 bits: less is not there.</summary>
    public const ushort LeastAlpha = 128;

    private readonly double _limit;
    private readonly RunComponents _components = new();
    private BitPlane? _set;

    /// <param name="limit">Pixels; components smaller both ways go.</param>
    public MatteDespeckle(double limit) => _limit = limit;

    /// <summary>Changes the matte in place: specks first, then holes, so that a speck inside a hole is part of the hole.</summary>
    public void Apply(AlphaMatte matte)
    {
        if (_set is null || _set.Width != matte.Width || _set.Height != matte.Height)
            _set = new BitPlane(matte.Width, matte.Height);
        _set.SetAtLeast(matte.Samples, LeastAlpha);
        Fill(matte, 0);
        _set.SetAtLeast(matte.Samples, AlphaMatte.Opaque - LeastAlpha + 1);
        _set.Invert();
        Fill(matte, AlphaMatte.Opaque);
    }

    private void Fill(AlphaMatte matte, ushort code)
    {
        _components.Find(_set!);
        foreach (RunComponents.Run run in _components.Runs)
        {
            RunComponents.Box box = _components.BoxOf(run);
            bool inside = box.Left > 0 && box.Top > 0 && box.Right < matte.Width && box.Bottom < matte.Height;
            if (inside && box.Right - box.Left < _limit && box.Bottom - box.Top < _limit)
                matte.Row(run.Y)[run.Start..run.End].Fill(code);
        }
    }
}
