using VideoMatte.Frames;
using VideoMatte.Models;
using VideoMatte.Pipelines;

namespace VideoMatte.Cli;

/// <summary>Where the program's parts are put together.</summary>
internal static class Services
{
    public static ModelStore Store(Terminal terminal) => ModelStore.ForMachine(terminal.Environment, AppContext.BaseDirectory);

    public static MattingService Matting(Terminal terminal) =>
        new(Store(terminal), new FramePool(), TimeProvider.System, terminal.Environment) { Streams = terminal.Streams };
}
