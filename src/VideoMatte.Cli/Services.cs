using VideoMatte.Frames;
using VideoMatte.Models;
using VideoMatte.Pipelines;

namespace VideoMatte.Cli;

/// <summary>Where the program's parts are put together.</summary>
internal static class Services
{
    public static ModelStore Store(Terminal terminal) => ModelStore.ForMachine(terminal.Environment, AppContext.BaseDirectory);

    /// <param name="terminal">Where it reads and writes.</param>
    /// <param name="bring">See <see cref="MattingService.BringModels"/>; null: nothing is fetched.</param>
    public static MattingService Matting(Terminal terminal, Func<MattingJob, CancellationToken, Task<ModelStore>>? bring = null) =>
        new(Store(terminal), new FramePool(), TimeProvider.System, terminal.Environment) { Streams = terminal.Streams, BringModels = bring };
}
