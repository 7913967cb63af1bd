using System.Text;

namespace VideoMatte.Media.Pipes;

/// <summary>A short-lived child that is given bytes on its standard input.</summary>
internal static class FedProcess
{
    /// <summary>As <see cref="FfmpegProcess.RunAsync"/>, fed.</summary>
    /// <param name="program">Absolute path.</param>
    /// <param name="arguments">One element an argument.</param>
    /// <param name="bytes">What it takes of it: a child that has seen enough may close its end. It answers after that.</param>
    /// <param name="mostBytes">More output than this is cut off and the child is killed.</param>
    /// <param name="cancellationToken">Kills the child.</param>
    public static async Task<FfmpegOutput> RunAsync(
        string program, IReadOnlyList<string> arguments, ReadOnlyMemory<byte> bytes, int mostBytes, CancellationToken cancellationToken)
    {
        FfmpegProcess child = FfmpegProcess.Start(program, arguments, null, TimeProvider.System);
        await using (child.ConfigureAwait(false))
        {
            try
            {
                await child.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
            }
            catch (IOException)
            {
                // Its answer, or its exit code, says whether that was enough.
            }

            child.CloseInput();
            using MemoryStream text = new();
            byte[] part = new byte[16 * 1024];
            for (int read; text.Length < mostBytes && (read = await child.ReadAsync(part, cancellationToken).ConfigureAwait(false)) > 0;)
                await text.WriteAsync(part.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
            bool overflowed = text.Length >= mostBytes;
            if (overflowed)
                child.Kill();
            int exit = await child.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            return new FfmpegOutput(exit, Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length), child.ErrorTail, child.Stalled, overflowed);
        }
    }
}
