using VideoMatte.Evaluation.Synth;
using Xunit;

namespace VideoMatte.Evaluation.Tests.Synth;

public sealed class CanvasTests
{
    private const int Side = 32;

    /// <summary>Coverage is summed in double and kept in float.</summary>
    private const double Rounding = 1e-6;

    [Fact]
    public void Fill_RectangleBetweenPixels_CoversByArea()
    {
        var canvas = new Canvas(Side, Side);
        canvas.Fill(Shape((3.25, 4.5), (7.75, 4.5), (7.75, 9.125), (3.25, 9.125)), new FlatPaint(new Tint(1, 0.5, 0.25)));
        for (int y = 0; y < Side; y++)
        {
            for (int x = 0; x < Side; x++)
            {
                double area = Overlap(x, 3.25, 7.75) * Overlap(y, 4.5, 9.125);
                Assert.InRange(Alpha(canvas, x, y) - area, -Rounding, Rounding);
                Assert.InRange(canvas.Layer[(4 * ((y * Side) + x)) + 1] - (0.5 * area), -Rounding, Rounding);
            }
        }
    }

    [Fact]
    public void Fill_Polygons_CoverAsCountedPointByPoint()
    {
        // Counted on 64 x 64 points a pixel: an edge through a pixel is off by at most about one row of points.
        const int Points = 64;
        const double Counted = 1.5 / Points;
        var random = new Pcg32(5, 6);
        for (int trial = 0; trial < 12; trial++)
        {
            // A star about a centre never crosses itself; some of it lies outside the picture.
            double centreX = random.NextBetween(4, Side - 4), centreY = random.NextBetween(4, Side - 4);
            var corners = new (double X, double Y)[9];
            for (int i = 0; i < corners.Length; i++)
            {
                double angle = i * 2 * Math.PI / corners.Length, reach = random.NextBetween(2, 16);
                corners[i] = (centreX + (reach * Math.Cos(angle)), centreY + (reach * Math.Sin(angle)));
            }

            var canvas = new Canvas(Side, Side);
            canvas.Fill(Shape(corners), new FlatPaint(new Tint(1, 1, 1)));
            for (int i = 0; i < 60; i++)
            {
                // The outermost columns are left out: there an edge that leaves the picture is clamped to its border, row by row.
                int x = 1 + (int)(random.Next() % (Side - 2)), y = (int)(random.Next() % Side), inside = 0;
                for (int p = 0; p < Points * Points; p++)
                    inside += Contains(corners, x + (((p % Points) + 0.5) / Points), y + (((p / Points) + 0.5) / Points)) ? 1 : 0;
                Assert.InRange(Alpha(canvas, x, y) - ((double)inside / (Points * Points)), -Counted, Counted);
            }
        }
    }

    [Fact]
    public void Fill_ShapeOverShape_IsOver()
    {
        var canvas = new Canvas(Side, Side);
        canvas.Fill(Shape((2, 2), (8, 2), (8, 8), (2, 8)), new Glass(0.5, new Tint(1, 0, 0)));
        canvas.Fill(Shape((2, 2), (8, 2), (8, 8), (2, 8)), new Glass(0.25, new Tint(0, 1, 0)));
        int at = 4 * ((5 * Side) + 5);
        Assert.Equal([0.375f, 0.25f, 0f, 0.625f], canvas.Layer[at..(at + 4)]);
    }

    [Fact]
    public void MoveInto_AfterFill_AddsAndLeavesTheCanvasEmpty()
    {
        var canvas = new Canvas(Side, Side);
        var sum = new float[4 * Side * Side];
        for (int i = 0; i < 2; i++)
        {
            canvas.Fill(Shape((-5, 3), (40, 3), (40, 30), (-5, 30)), new FlatPaint(new Tint(1, 1, 1)));
            canvas.MoveInto(sum);
        }

        Assert.All(canvas.Layer, value => Assert.Equal(0f, value));
        for (int y = 0; y < Side; y++)
            for (int x = 0; x < Side; x++)
                Assert.Equal(y is >= 3 and < 30 ? 2f : 0f, sum[(4 * ((y * Side) + x)) + 3]);
    }

    private static Outline Shape(params ReadOnlySpan<(double X, double Y)> corners)
    {
        var outline = new Outline();
        foreach ((double x, double y) in corners)
            outline.Add(x, y);
        return outline;
    }

    private static double Alpha(Canvas canvas, int x, int y) => canvas.Layer[(4 * ((y * Side) + x)) + 3];

    private static double Overlap(int pixel, double low, double high) => Math.Max(0, Math.Min(pixel + 1, high) - Math.Max(pixel, low));

    private static bool Contains((double X, double Y)[] corners, double x, double y)
    {
        bool inside = false;
        for (int i = 0, j = corners.Length - 1; i < corners.Length; j = i++)
            if (corners[i].Y > y != corners[j].Y > y
                && x < corners[i].X + ((y - corners[i].Y) / (corners[j].Y - corners[i].Y) * (corners[j].X - corners[i].X)))
                inside = !inside;
        return inside;
    }

    private readonly struct Glass(double opacity, Tint tint) : IPaint
    {
        public void StartRow(double y)
        {
        }

        public Tint At(double x, double y, out double alpha)
        {
            alpha = opacity;
            return tint;
        }
    }
}
