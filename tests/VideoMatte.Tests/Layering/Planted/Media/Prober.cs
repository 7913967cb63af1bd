namespace VideoMatte.Tests.Layering.Planted.Media;

/// <summary>What no planted room above may use.</summary>
internal static class Prober
{
    public static int Probe() => Environment.ProcessorCount;
}
