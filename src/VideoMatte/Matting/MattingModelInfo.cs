namespace VideoMatte.Matting;

/// <param name="Id">Catalogue id; null for a file nobody knows.</param>
/// <param name="Sha256">Lower-case hex of the model file.</param>
/// <param name="Licence">Name, or <c>unknown</c>.</param>
/// <param name="Family"><c>rvm</c>, <c>plate</c>, ...</param>
/// <param name="Provider">The provider that really runs: <c>cpu</c>, <c>cuda</c>, ...</param>
/// <param name="DownsampleRatio">In (0, 1]; the small frame over the full one.</param>
public sealed record MattingModelInfo(string? Id, string Sha256, string Licence, string Family, string Provider, double DownsampleRatio);
