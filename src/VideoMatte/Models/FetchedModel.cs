namespace VideoMatte.Models;

/// <summary>What a fetch left on this machine.</summary>
/// <param name="Path">The verified file.</param>
/// <param name="Sha256">Its hash, lower-case hex.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="WasThere">True: it lay there already, whole.</param>
public sealed record FetchedModel(string Path, string Sha256, long Bytes, bool WasThere);
