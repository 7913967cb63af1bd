using VideoMatte.Frames;
using VideoMatte.Inference;
using VideoMatte.Matting.Still;
using VideoMatte.Matting.Subject;
using VideoMatte.Models;

namespace VideoMatte.Matting.Prompt;

/// <summary>One subject of a prompt network: how it was pointed at, and its mask of the frame before.</summary>
internal sealed class FollowedMask
{
    /// <summary>How much a box around a mask reaches beyond it, as a share of its sides: what moves is still inside.</summary>
    private const float Margin = 0.05f;

    private readonly ModelInput _input;
    private IReadOnlyList<PromptPoint> _points;
    private float[]? _earlier;
    private LinearScaler? _toEarlier;
    private bool _lost;

    public FollowedMask(SubjectPrompt prompt, FrameFormat format, ModelInput input)
    {
        (Prompt, _input) = (prompt, input);
        float across = (float)input.Width / format.Width, down = (float)input.Height / format.Height;
        // A pixel is pointed at in its middle; a box holds its last column and row.
        _points = prompt.IsPoint
            ? [new((prompt.Left + 0.5f) * across, (prompt.Top + 0.5f) * down, PromptPoint.Inside)]
            : [new(prompt.Left * across, prompt.Top * down, PromptPoint.UpperLeft), new((prompt.Right + 1) * across, (prompt.Bottom + 1) * down, PromptPoint.LowerRight)];
    }

    public SubjectPrompt Prompt { get; }

    /// <summary>Of the frame asked last; null where there is nothing of the subject in it.</summary>
    public float[]? Logits { get; private set; }

    public int Width { get; private set; }

    public int Height { get; private set; }

    /// <summary>Asks for the mask in the picture embedded last.</summary>
    /// <returns>False once, where the subject is first not found.</returns>
    public bool Find(PromptSession session)
    {
        (float[] logits, Width, Height) = session.Decode(_points, _earlier);
        if (Box(logits) is not { } box)
        {
            // It is looked for where it was last, with nothing else to go by.
            (Logits, _earlier) = (null, null);
            bool before = _lost;
            _lost = true;
            return before;
        }

        (Logits, _lost) = (logits, false);
        _points = box;
        if (session.EarlierMaskSize is var (width, height))
        {
            _earlier ??= new float[width * height];
            _toEarlier ??= new LinearScaler(Width, Height, width, height);
            _toEarlier.Scale(logits, _earlier);
        }

        return true;
    }

    private PromptPoint[]? Box(float[] logits)
    {
        int left = Width, right = -1, top = Height, bottom = -1;
        for (int y = 0; y < Height; y++)
        {
            ReadOnlySpan<float> row = logits.AsSpan(y * Width, Width);
            for (int x = 0; x < row.Length; x++)
            {
                if (row[x] <= 0)
                    continue;
                (left, right, top, bottom) = (Math.Min(left, x), Math.Max(right, x), Math.Min(top, y), y);
            }
        }

        if (right < 0)
            return null;
        float across = (float)_input.Width / Width, down = (float)_input.Height / Height;
        float more = (right + 1 - left) * Margin, higher = (bottom + 1 - top) * Margin;
        return
        [
            new(Math.Max(0, left - more) * across, Math.Max(0, top - higher) * down, PromptPoint.UpperLeft),
            new(Math.Min(Width, right + 1 + more) * across, Math.Min(Height, bottom + 1 + higher) * down, PromptPoint.LowerRight),
        ];
    }
}
