using System.Globalization;

namespace VideoMatte.Media.Stills;

/// <summary>The first picture of a TIFF file.</summary>
internal static class TiffHead
{
    private const ushort Width = 256, Height = 257, Bits = 258, Photometric = 262, Samples = 277, Format = 339, Icc = 34675;
    private const int MostSamples = 8;
    private const uint Separated = 5;

    public static StillHead? Read(StillBytes file)
    {
        TiffDirectory directory = TiffDirectory.Read(file, 0);
        if (directory.Number(Width) is not { } width || directory.Number(Height) is not { } height)
            return null;
        uint photometric = directory.Number(Photometric) ?? 0, samples = directory.Number(Samples) ?? 1;
        string bits = string.Join(' ', directory.Numbers(Bits, MostSamples));
        string kind = string.Create(
            CultureInfo.InvariantCulture, $"{samples} samples of {bits} bits, photometric {photometric}, format {directory.Number(Format) ?? 1}");
        StillHead head = new("TIFF", (int)Math.Min(int.MaxValue, width), (int)Math.Min(int.MaxValue, height), kind)
        {
            Orientation = directory.Orientation(),
            IsCmyk = photometric == Separated,
        };
        try
        {
            return directory.Bytes(Icc, IccProfile.MostBytes) switch
            {
                null => head,
                [] => head with { ProfileProblem = IccProfile.TooLarge },
                byte[] profile => head with { Profile = profile },
            };
        }
        catch (EndOfStreamException)
        {
            return head with { ProfileProblem = "it lies beyond the file's end" };
        }
    }
}
