using VideoMatte.Cli;

using var stop = new StopSignals();
return await VideoMatteProgram.RunAsync(args, Terminal.OfProcess(), stop.Token).ConfigureAwait(false);
