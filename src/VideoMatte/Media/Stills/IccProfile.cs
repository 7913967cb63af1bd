using System.Buffers.Binary;
using VideoMatte.Frames;

namespace VideoMatte.Media.Stills;

/// <summary>ICC profiles (ICC.1, section 7.2) as far as they are carried, not used.</summary>
internal static class IccProfile
{
    /// <summary>Printers' profiles have a few megabytes; nothing honest has more.</summary>
    public const int MostBytes = 16 << 20;

    public const string TooLarge = "it has more than 16 MB";

    private const int HeaderBytes = 128, SpaceAt = 16, SignatureAt = 36;

    /// <summary>The head, with a profile that is none taken out of it.</summary>
    public static StillHead Examined(StillHead head) =>
        Problem(head.Profile!) is { } problem ? head with { Profile = null, ProfileProblem = problem } : head;

    /// <summary>It speaks of grey pictures, not of RGB.</summary>
    public static bool IsGrey(ReadOnlySpan<byte> profile) => profile.Slice(SpaceAt, 4).SequenceEqual("GRAY"u8);

    /// <summary>It speaks of RGB pictures.</summary>
    public static bool IsRgb(ReadOnlySpan<byte> profile) => profile.Slice(SpaceAt, 4).SequenceEqual("RGB "u8);

    /// <summary>The source's profile where a picture of this output shall hold it; null: there is none, or it is not about what the file holds.</summary>
    public static byte[]? KeptBy(OutputSpec output, MediaInfo source)
    {
        if (source.IccProfile is not { } profile || !output.Preset.IsRgbPicture || output.MatteOnly || output.Composite)
            return null;
        bool grey = StoredPixels.For(output.Preset, source.Video.Format, output.HasAlpha).Layout == PlaneLayout.Gray;
        return (grey ? IsGrey(profile) : IsRgb(profile)) ? profile : null;
    }

    private static string? Problem(ReadOnlySpan<byte> profile)
    {
        if (profile.Length > MostBytes)
            return TooLarge;
        return profile.Length >= HeaderBytes && BinaryPrimitives.ReadUInt32BigEndian(profile) == profile.Length
            && profile.Slice(SignatureAt, 4).SequenceEqual("acsp"u8)
                ? null
                : "it is damaged";
    }
}
