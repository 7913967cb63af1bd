namespace VideoMatte.Tests.Layering;

/// <summary>Which room may use which. A room is the first part of a namespace below the root.</summary>
internal static class RoomRules
{
    /// <summary>The order a frame walks through them: each may use those before it.</summary>
    public static IReadOnlyList<string> Order { get; } =
        ["Frames", "Media", "Models", "Inference", "Matting", "Temporal", "Compositing", "Pipelines"];

    /// <summary>These two decide about pictures and mattes, and know only what a frame is.</summary>
    private static readonly string[] OfFramesAlone = ["Temporal", "Compositing"];

    /// <summary>Uses that break the order of rooms below <paramref name="root"/>.</summary>
    public static IEnumerable<TypeUse> Broken(IEnumerable<TypeUse> uses, string root) =>
        uses.Where(use => Room(use.From, root) is { } from && Room(use.To, root) is { } to && from != to && !May(from, to));

    /// <summary>Uses of a type in <paramref name="space"/> (or of the type of that full name) by anybody but <paramref name="owner"/>.</summary>
    public static IEnumerable<TypeUse> Foreign(IEnumerable<TypeUse> uses, string space, Func<TypeName, bool> owner) =>
        uses.Where(use => (use.To.IsIn(space) || string.Equals(use.To.ToString(), space, StringComparison.Ordinal)) && !owner(use.From));

    private static bool May(string from, string to)
    {
        int fromAt = Index(from);
        int toAt = Index(to);
        return fromAt >= 0 && toAt >= 0 && toAt < fromAt && (to == "Frames" || !OfFramesAlone.Contains(from, StringComparer.Ordinal));
    }

    private static int Index(string room)
    {
        for (int i = 0; i < Order.Count; i++)
            if (string.Equals(Order[i], room, StringComparison.Ordinal))
                return i;
        return -1;
    }

    private static string? Room(TypeName type, string root) => type.IsIn(root) && type.Namespace.Length > root.Length
        ? type.Namespace[(root.Length + 1)..].Split('.')[0]
        : null;
}
