using System.Globalization;

namespace VideoMatte.Temporal.Smoothing;

/// <summary>How far smoothing along the motion looks from the frame in hand; as text <c>BEHIND+AHEAD</c>.</summary>
/// <param name="Behind">Frames before it, 0 or more.</param>
/// <param name="Ahead">Frames after it, 0 or more; so many are held back. 0 is the live variant.</param>
public readonly record struct SmoothingReach(int Behind, int Ahead)
{
    /// <summary>Reads <c>2+2</c>.</summary>
    /// <param name="text">Two whole numbers.</param>
    /// <param name="reach">What was read; nothing on either side where false is returned.</param>
    /// <returns>False: it is no such text, reaches nowhere, or makes a window of more than <see cref="FlowSmoothingOptions.MostFrames"/>.</returns>
    public static bool TryParse(string text, out SmoothingReach reach)
    {
        ArgumentNullException.ThrowIfNull(text);
        reach = default;
        string[] sides = text.Split('+');
        if (sides.Length != 2 || !Side(sides[0], out int behind) || !Side(sides[1], out int ahead)
            || behind + ahead is < 1 or >= FlowSmoothingOptions.MostFrames)
            return false;
        reach = new(behind, ahead);
        return true;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Behind}+{Ahead}");

    private static bool Side(string text, out int frames) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out frames) && frames < FlowSmoothingOptions.MostFrames;
}
