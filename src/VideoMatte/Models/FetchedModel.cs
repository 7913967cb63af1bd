namespace VideoMatte.Models;

/// <summary>What a fetch left on this machine.</summary>
/// <param name="Path">The verified file; its parts lie beside it, likewise verified.</param>
/// <param name="Sha256">Its hash, lower-case hex.</param>
/// <param name="Bytes">Length of all files together.</param>
/// <param name="WasThere">True: all of it lay there already, whole.</param>
public sealed record FetchedModel(string Path, string Sha256, long Bytes, bool WasThere);
