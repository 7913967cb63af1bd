namespace VideoMatte.Media;

/// <summary>What one of the 256 first bytes of a NUT frame stands for.</summary>
/// <param name="Flags">Which fields follow.</param>
/// <param name="PtsDelta">Ticks since the last frame, where none is coded.</param>
/// <param name="SizeMul">The coded part of the size counts this many bytes.</param>
/// <param name="SizeLsb">The rest of the size.</param>
/// <param name="Stream">Stream, where none is coded.</param>
/// <param name="Reserved">Numbers to skip.</param>
/// <param name="HeaderIndex">Elided header, where none is coded.</param>
internal readonly record struct NutFrameCode(
    NutFrameFlags Flags, long PtsDelta, long SizeMul, long SizeLsb, int Stream, int Reserved, int HeaderIndex);
