namespace VideoMatte.Tests.Layering;

/// <summary>A type by namespace and metadata name; nested types count as the type they are nested in.</summary>
internal readonly record struct TypeName(string Namespace, string Name)
{
    public bool IsIn(string space) =>
        string.Equals(Namespace, space, StringComparison.Ordinal) || Namespace.StartsWith(space + ".", StringComparison.Ordinal);

    public override string ToString() => $"{Namespace}.{Name}";
}
