using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using VideoMatte.Frames;

namespace VideoMatte.Models;

/// <summary>One try after another to bring the bytes of an address into a part file: asks for the rest where the server's validator still
/// holds, follows redirects by hand, so that none leads off https.</summary>
internal sealed class DownloadTransfer : IDisposable
{
    private const int MostRedirects = 10;
    private const int BlockBytes = 1 << 16;
    private static readonly TimeSpan ConnectTime = TimeSpan.FromSeconds(20);

    private readonly DownloadRules _rules;
    private readonly TimeProvider _time;
    private readonly HttpClient _client;

    public DownloadTransfer(DownloadRules rules, TimeProvider time)
    {
        _rules = rules;
        _time = time;
        // The proxy is the environment's (HTTPS_PROXY and its like), which is the handler's own default. No compression: lengths are the file's.
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = ConnectTime, UseCookies = false, AutomaticDecompression = DecompressionMethods.None };
        _client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        _client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("videomatte", "0.1"));
    }

    /// <exception cref="DownloadFailure">Another try may help; what came is in the part file.</exception>
    /// <exception cref="MatteException">No try will help.</exception>
    public async Task ReceiveAsync(ModelEntry entry, PartialDownload part, IProgress<DownloadProgress>? progress, CancellationToken cancellationToken)
    {
        string url = entry.Url!;
        (long have, string? validator) = part.Resume(url);
        if (entry.Bytes is { } whole && have > whole)
            (have, validator) = (0, null);
        if (have > 0 && have == entry.Bytes)
            return;
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        silence.CancelAfter(_rules.Silence);
        try
        {
            using HttpResponseMessage response = await AskAsync(entry, have, validator, silence.Token).ConfigureAwait(false);
            if (IsAllOfIt(response, have))
                return;
            if (!IsUseless(response, have))
            {
                await TakeAsync(entry, response, part, have, progress, silence).ConfigureAwait(false);
                return;
            }

            // What is there is of no use to this server: anew, from the first byte.
            part.Drop();
            using HttpResponseMessage anew = await AskAsync(entry, 0, null, silence.Token).ConfigureAwait(false);
            await TakeAsync(entry, anew, part, 0, progress, silence).ConfigureAwait(false);
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            throw new DownloadFailure(string.Create(CultureInfo.InvariantCulture, $"the server sent nothing for {_rules.Silence.TotalSeconds:0} s"), inner: error);
        }
        catch (HttpRequestException error)
        {
            throw new DownloadFailure($"the connection failed ({error.Message})", inner: error);
        }
    }

    public void Dispose() => _client.Dispose();

    private async Task<HttpResponseMessage> AskAsync(ModelEntry entry, long have, string? validator, CancellationToken cancellationToken)
    {
        var address = new Uri(entry.Url!);
        for (int hop = 0; hop <= MostRedirects; hop++)
        {
            if (!_rules.Allows(address))
                throw Fail("download-insecure", $"The address of {entry.Id} leads to {address.Scheme}://{address.Host}, and only https is taken; nothing was fetched from there.");
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            if (have > 0 && validator is not null)
            {
                request.Headers.Range = new RangeHeaderValue(have, null);
                request.Headers.TryAddWithoutValidation("If-Range", validator);
            }

            HttpResponseMessage response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            if ((int)response.StatusCode is >= 301 and <= 308 && response.Headers.Location is { } next)
            {
                address = new Uri(address, next);
                response.Dispose();
                continue;
            }

            if (response.StatusCode == HttpStatusCode.OK || (have > 0 && response.StatusCode is HttpStatusCode.PartialContent or HttpStatusCode.RequestedRangeNotSatisfiable))
                return response;
            using (response)
                throw Refused(entry, response);
        }

        throw Fail("download-failed", $"The address of {entry.Id} leads in a circle of redirects; try again later.");
    }

    /// <summary>No bytes follow the ones that are there: the file was whole already, but nobody knew its length.</summary>
    private static bool IsAllOfIt(HttpResponseMessage response, long have) =>
        have > 0 && response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable && response.Content.Headers.ContentRange?.Length == have;

    /// <summary>The server has no such rest, or sends another than was asked for.</summary>
    private static bool IsUseless(HttpResponseMessage response, long have) => have > 0 && !IsAllOfIt(response, have)
        && (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable
            || (response.StatusCode == HttpStatusCode.PartialContent && response.Content.Headers.ContentRange?.From != have));

    private Exception Refused(ModelEntry entry, HttpResponseMessage response)
    {
        int status = (int)response.StatusCode;
        string says = string.Create(CultureInfo.InvariantCulture, $"the server answers {status} ({response.ReasonPhrase})");
        return status is 408 or 425 or 429 or >= 500 or 206 or 416
            ? new DownloadFailure(says, Patience(response))
            : Fail("download-failed", $"{entry.Url}: {says}; the file may have moved.");
    }

    /// <summary>Retry-After: seconds, or a date on the server's own clock; null where it says none.</summary>
    private TimeSpan? Patience(HttpResponseMessage response)
    {
        RetryConditionHeaderValue? after = response.Headers.RetryAfter;
        TimeSpan? wait = after?.Delta ?? (after?.Date - (response.Headers.Date ?? _time.GetUtcNow()));
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    private async Task TakeAsync(
        ModelEntry entry, HttpResponseMessage response, PartialDownload part, long have, IProgress<DownloadProgress>? progress, CancellationTokenSource silence)
    {
        long start = response.StatusCode == HttpStatusCode.PartialContent ? have : 0;
        CheckLength(entry, response, start);
        if (start == 0)
            part.Restart(entry.Url!, Validator(response));
        await CopyAsync(entry, response, part, start, progress, silence).ConfigureAwait(false);
    }

    private static void CheckLength(ModelEntry entry, HttpResponseMessage response, long start)
    {
        if (entry.Bytes is { } expected && response.Content.Headers.ContentLength is { } announced && start + announced != expected)
            throw Fail("model-hash", string.Create(CultureInfo.InvariantCulture, $"{entry.Url} offers {start + announced} bytes where {entry.Id} has {expected}; nothing was fetched."));
    }

    private async Task CopyAsync(
        ModelEntry entry, HttpResponseMessage response, PartialDownload part, long start, IProgress<DownloadProgress>? progress, CancellationTokenSource silence)
    {
        long? announced = response.Content.Headers.ContentLength is { } length ? start + length : entry.Bytes;
        long done = start;
        await using Stream body = await response.Content.ReadAsStreamAsync(silence.Token).ConfigureAwait(false);
        await using FileStream file = part.Append();
        byte[] block = new byte[BlockBytes];
        while (true)
        {
            silence.CancelAfter(_rules.Silence);
            int read = await ReadAsync(body, block, silence.Token).ConfigureAwait(false);
            if (read == 0)
                break;
            done += read;
            if (done > (entry.Bytes ?? long.MaxValue))
                throw TooLong(entry, part, file);
            await file.WriteAsync(block.AsMemory(0, read), silence.Token).ConfigureAwait(false);
            progress?.Report(new DownloadProgress(entry.Id, done, announced));
        }

        if (done < announced)
            throw new DownloadFailure(string.Create(CultureInfo.InvariantCulture, $"the connection was cut off after {done} of {announced} bytes"));
    }

    private static async Task<int> ReadAsync(Stream body, byte[] block, CancellationToken cancellationToken)
    {
        try
        {
            return await body.ReadAsync(block, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException error)
        {
            throw new DownloadFailure($"the connection was cut off ({error.Message})", inner: error);
        }
    }

    private static MatteException TooLong(ModelEntry entry, PartialDownload part, FileStream file)
    {
        file.Dispose();
        part.Drop();
        return Fail("model-hash", string.Create(CultureInfo.InvariantCulture, $"{entry.Url} sends more than the {entry.Bytes} bytes of {entry.Id}; it was thrown away."));
    }

    /// <summary>A strong ETag, else the date: what a server must stand by for a rest to fit.</summary>
    private static string? Validator(HttpResponseMessage response) =>
        response.Headers.ETag is { IsWeak: false } tag ? tag.ToString()
        : response.Content.Headers.LastModified is { } date ? date.ToString("R", CultureInfo.InvariantCulture)
        : null;

    private static MatteException Fail(string code, string message) => new(ErrorKind.Model, code, message);
}
