using VideoMatte.Matting.Plate;
using Xunit;

namespace VideoMatte.Tests.Matting;

public sealed class PlateModelTests
{
    /// <summary>MAD a correct matte of the drawn disc stays under: its soft edge alone is 3 % of the picture.</summary>
    private const double MatteError = 12e-3;

    /// <summary>Mean alpha of an empty room: noise must not become subject.</summary>
    private const double EmptyRoom = 1e-3;

    private const int FramesASecond = 25;
    private const double Nowhere = -1000;

    [Fact]
    public void Moving_subject_from_the_first_frame_on_Plate_is_found_within_a_second()
    {
        DrawnScene scene = new();
        using PlateRunner plate = new();
        List<double> errors = [];
        List<double> zeroErrors = [];
        for (int i = 0; i < 3 * FramesASecond; i++)
        {
            (float[] rgb, float[] truth) = scene.Draw(DrawnScene.Walk(i, 40));
            (_, float[] alpha) = Step(plate, rgb);
            if (i < FramesASecond)
                continue;
            errors.Add(DrawnScene.MeanDifference(alpha, truth));
            zeroErrors.Add(truth.Average());
        }

        Assert.InRange(errors.Average(), 0, MatteError);
        Assert.InRange(errors.Average(), 0, zeroErrors.Average() / 5);
    }

    [Fact]
    public void Light_that_drifts_is_followed_also_behind_the_subject()
    {
        DrawnScene scene = new();
        using PlateRunner plate = new();
        for (int i = 0; i < FramesASecond; i++)
            Step(plate, scene.Draw(Nowhere).Rgb);

        // The disc stands still while the light grows by a fifth; then it goes, and what it hid must not light up.
        for (int i = 0; i < 20; i++)
        {
            (float[] rgb, float[] truth) = scene.Draw(80, 1 + 0.01 * i);
            Assert.InRange(DrawnScene.MeanDifference(Step(plate, rgb).Alpha, truth), 0, MatteError);
        }

        Assert.InRange(Step(plate, scene.Draw(Nowhere, 1.2).Rgb).Alpha.Average(), 0, EmptyRoom);
    }

    [Fact]
    public void Clean_plate_Subject_is_found_in_the_first_frame()
    {
        DrawnScene scene = new();
        using PlateRunner plate = new();
        plate.Seed(Seed(scene, 1));

        (float[] rgb, float[] truth) = scene.Draw(80, 0.9);
        (float[] foreground, float[] alpha) = Step(plate, rgb);

        Assert.InRange(DrawnScene.MeanDifference(alpha, truth), 0, MatteError);
        Assert.All(foreground, f => Assert.InRange(f, 0f, 1f));
    }

    [Fact]
    public void Clean_plate_Subject_that_stands_still_stays_subject_for_tens_of_seconds()
    {
        DrawnScene scene = new();
        using PlateRunner plate = new();
        plate.Seed(Seed(scene, 1));
        (float[] rgb, float[] truth) = scene.Draw(80);
        int centre = DrawnScene.Height / 2 * DrawnScene.Width + 80;

        const int frames = 24 * FramesASecond;
        float[] alpha = [];
        for (int i = 0; i < frames; i++)
            alpha = Step(plate, rgb).Alpha;
        Assert.InRange(DrawnScene.MeanDifference(alpha, truth), 0, MatteError);

        // The limit that the documentation states: after 30 s it has become plate.
        for (int i = frames; i <= (int)PlateSettings.WeightCap; i++)
            alpha = Step(plate, rgb).Alpha;
        Assert.InRange(alpha[centre], 0f, 0.1f);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    public void Clean_plate_States_equal_what_the_model_learns_from_the_same_pictures(int count)
    {
        // Twin by another road: the graph itself sees the pictures and keeps the mean of them as its first mode.
        DrawnScene scene = new();
        using PlateRunner plate = new();
        CleanPlate clean = new(DrawnScene.Width, DrawnScene.Height, 0.37f);
        for (int i = 0; i < count; i++)
        {
            float[] rgb = scene.Draw(Nowhere).Rgb;
            clean.Add(rgb);
            plate.Step(rgb, DrawnScene.Width, DrawnScene.Height, 0.37f);
        }

        IReadOnlyList<(float[] Values, long[] Shape)> seed = clean.ToStates();
        Assert.Equal(plate.States.Select(s => s.Shape), seed.Select(s => s.Shape));
        int mode = 3 * (int)(seed[0].Shape[2] * seed[0].Shape[3]);

        // Light is fitted anew in each frame, so the graph's mean wanders by a part of the noise of 1.5/255.
        Assert.InRange(DrawnScene.MeanDifference(plate.States[0].Values[..mode], seed[0].Values[..mode]), 0, count == 1 ? 1e-5 : 1e-3);
        Assert.All(seed[2].Values[..(mode / 3)], v => Assert.InRange(v, 1e-5f, 1e-2f));
    }

    [Fact]
    public void Clean_plate_Wrong_picture_or_none_is_refused()
    {
        CleanPlate clean = new(8, 4, 1f);
        Assert.Throws<ArgumentException>(() => clean.Add(new float[3 * 8 * 4 - 1]));
        Assert.Throws<InvalidOperationException>(() => clean.ToStates());
        Assert.Throws<ArgumentOutOfRangeException>(() => new CleanPlate(8, 4, 0f));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CleanPlate(8, 4, float.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CleanPlate(0, 4, 1f));
    }

    private static (float[] Foreground, float[] Alpha) Step(PlateRunner plate, float[] rgb) =>
        plate.Step(rgb, DrawnScene.Width, DrawnScene.Height, 1f);

    private static IReadOnlyList<(float[] Values, long[] Shape)> Seed(DrawnScene scene, float ratio)
    {
        CleanPlate clean = new(DrawnScene.Width, DrawnScene.Height, ratio);
        clean.Add(scene.Room);
        return clean.ToStates();
    }
}
