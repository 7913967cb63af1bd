namespace VideoMatte.Evaluation.Synth;

/// <summary>What a shape is filled with. Implemented by structs, so that the fill has it inlined.</summary>
internal interface IPaint
{
    /// <summary>Prepares what is the same all along a row.</summary>
    void StartRow(double y);

    /// <summary>The colour, and the opacity 0..1, at a place of the picture.</summary>
    Tint At(double x, double y, out double opacity);
}
