namespace VideoMatte.Tests.Layering;

/// <summary>One type mentions another: in its base, fields, signatures, locals or method bodies.</summary>
/// <param name="From">Outermost type that mentions, as namespace and name.</param>
/// <param name="To">Outermost type that is mentioned.</param>
internal readonly record struct TypeUse(TypeName From, TypeName To)
{
    public override string ToString() => $"{From} uses {To}";
}
