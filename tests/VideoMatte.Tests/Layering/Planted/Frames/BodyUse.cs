namespace VideoMatte.Tests.Layering.Planted.Frames;

/// <summary>Breaks the order in a lambda inside a method body, and nowhere else.</summary>
internal static class BodyUse
{
    public static Func<int> Later() => () => Media.Prober.Probe();
}
