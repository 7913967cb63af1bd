namespace VideoMatte.Frames;

/// <summary>Whose affair an error is; the value is the program's exit code.</summary>
public enum ErrorKind
{
    Defect = 1,
    Usage = 2,
    Input = 3,
    Model = 4,
    Provider = 5,
    Output = 6,
}
