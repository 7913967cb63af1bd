using VideoMatte.Frames;
using VideoMatte.Models;

namespace VideoMatte.Inference;

/// <summary>One small picture through a network, as its entry says that it is fed: what does not fit shows here and not in the middle of a job.</summary>
public static class NetworkTrial
{
    private const int RecurrentWidth = 256, RecurrentHeight = 192;

    /// <param name="file">The graph.</param>
    /// <param name="entry">How it is fed; need not be the file's own as yet.</param>
    /// <exception cref="MatteException"><c>model-contract</c>, <c>model-unusable</c>, <c>model-run-failed</c>.</exception>
    public static void Run(ModelFile file, ModelEntry entry)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(entry);
        switch (entry.Family)
        {
            case ModelFamily.Rvm or ModelFamily.Plate:
                Recurrent(file);
                break;
            case ModelFamily.Still:
                Still(file, entry.Input!, entry.Output!);
                break;
            case ModelFamily.Trimap:
                Trimap(file, entry.Input!, entry.Output!);
                break;
            case ModelFamily.Prompt:
                Prompt(file, entry.Input!);
                break;
        }
    }

    private static void Recurrent(ModelFile file)
    {
        using RecurrentSession session = RecurrentSession.Open(file.Graph, file.Path, new SessionSettings());
        (int width, int height) = (session.FixedWidth ?? RecurrentWidth, session.FixedHeight ?? RecurrentHeight);
        // The second frame depends on the states of the first.
        for (int step = 0; step < 2; step++)
        {
            CanaryFrame.Draw(session.Prepare(width, height), width, height, step);
            session.Run(.5f);
        }
    }

    private static void Still(ModelFile file, ModelInput input, ModelOutput output)
    {
        using StillSession session = StillSession.Open(file.Graph, file.Path, input, output, new SessionSettings());
        (float[] rgb, int width, int height) = Picture(input);
        StillFeed.Write(rgb, input, session.Prepare(width, height));
        session.Run();
    }

    private static void Trimap(ModelFile file, ModelInput input, ModelOutput output)
    {
        using TrimapSession session = TrimapSession.Open(file.Graph, file.Path, input, output, new SessionSettings());
        (float[] rgb, int width, int height) = Picture(input);
        byte[] open = new byte[width * height];
        Array.Fill(open, (byte)128);
        session.Run(rgb, open, width, height);
    }

    private static void Prompt(ModelFile file, ModelInput input)
    {
        using PromptSession session = PromptSession.Open(file.Graph, file.DecoderGraph, file.Path, input, new SessionSettings());
        session.Embed(Picture(input).Rgb);
        session.Decode([new PromptPoint(input.Width / 2f, input.Height / 2f, 1)], earlier: null);
    }

    private static (float[] Rgb, int Width, int Height) Picture(ModelInput input)
    {
        (int width, int height) = input.SizeFor(input.Width, input.Height);
        float[] rgb = new float[3 * width * height];
        CanaryFrame.Draw(rgb, width, height, step: 0);
        return (rgb, width, height);
    }
}
