namespace VideoMatte.Tests.Layering.Planted.Frames;

/// <summary>Breaks the order in a field's type argument.</summary>
internal sealed class SignatureUse
{
    public List<Media.Probed> All { get; } = [];
}
