using System.Globalization;
using BenchmarkDotNet.Running;
using VideoMatte.Benchmarks;
using VideoMatte.Benchmarks.Flow;

// `allocations` measures whole runs; everything else is BenchmarkDotNet's own command line.
// `allocations CLIP MODEL EXTENSION` measures a real job.
if (args is ["allocations", { } clip, { } model, { } extension])
    return await JobAllocationReport.RunAsync(clip, model, extension);
if (args is ["allocations", ..])
    return await AllocationReport.RunAsync();
// `smoothing CLIP MODEL FRAMES` prints what smoothing adds to a job's time.
if (args is ["smoothing", { } smoothed, { } network, { } frames])
    return await SmoothingCostReport.RunAsync(smoothed, network, int.Parse(frames, CultureInfo.InvariantCulture));
// `flow` prints what optical flow costs; `flow pairs FOLDER` writes the pairs of its tests for reference/flow.py.
if (args is ["flow", "pairs", { } folder])
    return await FlowFiles.WriteAsync(folder);
if (args is ["flow"])
    return await FlowTimes.PrintAsync();
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;
