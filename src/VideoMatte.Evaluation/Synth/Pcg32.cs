namespace VideoMatte.Evaluation.Synth;

/// <summary>PCG-XSH-RR 64/32 (M. O'Neill, "PCG: A Family of Simple Fast Space-Efficient Statistically Good Algorithms", 2014): the same
/// numbers on every machine and every runtime, which <see cref="Random"/> does not promise.</summary>
internal struct Pcg32
{
    private const ulong Multiplier = 6364136223846793005;

    private readonly ulong _increment;
    private ulong _state;

    /// <param name="seed">Any value.</param>
    /// <param name="stream">Sequences of different streams have nothing in common.</param>
    public Pcg32(ulong seed, ulong stream)
    {
        _increment = (stream << 1) | 1;
        _state = 0;
        Next();
        _state += seed;
        Next();
    }

    /// <summary>32 uniform bits.</summary>
    public uint Next()
    {
        ulong old = _state;
        _state = unchecked((old * Multiplier) + _increment);
        uint shifted = (uint)(((old >> 18) ^ old) >> 27);
        return uint.RotateRight(shifted, (int)(old >> 59));
    }

    /// <summary>Uniform in [0, 1).</summary>
    public double NextUnit() => Next() * (1.0 / 4294967296.0);

    /// <summary>Uniform in [low, high).</summary>
    public double NextBetween(double low, double high) => low + ((high - low) * NextUnit());

    /// <summary>Mean 0, variance 1, at most 3.5 from 0: the sum of the word's four bytes (Irwin-Hall of order 4), which looks like
    /// a sensor's noise and costs one draw.</summary>
    public float NextNoise()
    {
        uint bits = Next();
        int sum = (int)((bits & 255) + ((bits >> 8) & 255) + ((bits >> 16) & 255) + (bits >> 24));
        // Four uniform integers 0..255: mean 510, variance 4 (256^2 - 1) / 12 = 21845.
        return (sum - 510) * 0.0067658f;
    }
}
