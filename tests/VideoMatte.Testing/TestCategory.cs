namespace VideoMatte.Testing;

/// <summary>Values of <c>[Trait("Category", ...)]</c>.</summary>
public static class TestCategory
{
    /// <summary>Long proofs (all frames of all clips): not in the suite, run by <c>dotnet test --filter Category=Long</c>.</summary>
    public const string Long = "Long";
}
