using BenchmarkDotNet.Running;
using VideoMatte.Benchmarks;

// `allocations` measures whole runs; everything else is BenchmarkDotNet's own command line.
// `allocations CLIP MODEL EXTENSION` measures a real job.
if (args is ["allocations", { } clip, { } model, { } extension])
    return await JobAllocationReport.RunAsync(clip, model, extension);
if (args is ["allocations", ..])
    return await AllocationReport.RunAsync();
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;
