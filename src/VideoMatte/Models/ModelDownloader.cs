using System.Globalization;
using VideoMatte.Frames;

namespace VideoMatte.Models;

/// <summary>Fetches a model into the user's cache: nothing has its name before length and hash were verified, nothing unverified stays.</summary>
/// <param name="store">Where models lie already; its cache is written.</param>
/// <param name="time">The clock.</param>
/// <param name="rules">What the user accepts.</param>
public sealed class ModelDownloader(ModelStore store, TimeProvider time, DownloadRules rules)
{
    /// <summary>Fetches a model, or finds it whole in any folder that is searched. What holds its weights comes from the same folder of the server,
    /// before the model file itself: where that lies the rest does.</summary>
    /// <param name="entry">Of the catalogue: its address, its length, its hash.</param>
    /// <param name="progress">Told of bytes; null: nobody.</param>
    /// <param name="cancellationToken">Stops; what came stays for a later call to go on with.</param>
    /// <exception cref="MatteException">Kind Model: <c>licence-not-accepted</c>, <c>model-unpinned</c>, <c>model-no-url</c>, <c>offline</c>,
    /// <c>cache-missing</c>, <c>cache-unwritable</c>, <c>cache-symlink</c>, <c>download-busy</c>, <c>download-failed</c>, <c>download-insecure</c>,
    /// <c>model-hash</c>, <c>entry-unwritable</c>.</exception>
    public async Task<FetchedModel> FetchAsync(ModelEntry entry, IProgress<DownloadProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (!entry.IsUnpinned && await store.FindVerifiedAsync(entry, cancellationToken).ConfigureAwait(false) is { } installed)
            return installed;
        CheckGate(entry);
        if (entry.IsUnpinned && await store.FindVerifiedAsync(entry, cancellationToken).ConfigureAwait(false) is { } vouched)
        {
            UserEntries.Pin(Pinned(entry, vouched.Sha256, vouched.Bytes), vouched.Path);
            return vouched;
        }

        string folder = store.Folders.Cache ?? throw Fail("cache-missing", $"There is no folder for models on this machine; put {entry.File} into a folder and name it in {ModelFolders.Variable}.");
        bool wasThere = true;
        long before = 0;
        foreach (ModelPart part in entry.ExternalData ?? [])
        {
            FetchedModel there = await FetchFileAsync(AsEntry(part, entry), folder, PartsProgress.Of(progress, before, entry), cancellationToken).ConfigureAwait(false);
            (wasThere, before) = (wasThere && there.WasThere, before + there.Bytes);
        }

        FetchedModel model = await FetchFileAsync(entry, folder, PartsProgress.Of(progress, before, entry), cancellationToken).ConfigureAwait(false);
        return model with { Bytes = before + model.Bytes, WasThere = wasThere && model.WasThere };
    }

    /// <summary>A part as if it were a model by itself.</summary>
    private static ModelEntry AsEntry(ModelPart part, ModelEntry entry) => entry with
    {
        File = part.File,
        Url = new Uri(new Uri(entry.Url!), part.File).AbsoluteUri,
        Sha256 = part.Sha256,
        Md5 = null,
        Bytes = part.Bytes,
    };

    private async Task<FetchedModel> FetchFileAsync(ModelEntry entry, string folder, IProgress<DownloadProgress>? progress, CancellationToken cancellationToken)
    {
        string target = Path.Combine(folder, entry.File);
        try
        {
            // Looked at before anything is written: what is there needs no lock and no rights.
            (long Length, DateTime Written)? seen = Stamp(target);
            if (await WholeAsync(entry, target, cancellationToken).ConfigureAwait(false) is { } there)
                return there;
            if (rules.Offline)
                throw Fail("offline", $"The model {entry.Id} is not on this machine and --offline fetches nothing; leave it out, or put {entry.File} into {folder}.");
            Directory.CreateDirectory(folder);
            using DownloadLock held = await DownloadLock.TakeAsync(
                target, rules.LongestWait, time, have => progress?.Report(new DownloadProgress(entry.Id, have, entry.Bytes, Waits: true)), cancellationToken).ConfigureAwait(false);
            // Another process may have brought it meanwhile.
            if (Stamp(target) != seen && await WholeAsync(entry, target, cancellationToken).ConfigureAwait(false) is { } brought)
                return brought;
            if (new FileInfo(target).LinkTarget is not null)
                throw Fail("cache-symlink", $"{target} is a link to another place; remove it, then fetch {entry.Id} again.");
            var part = new PartialDownload(target);
            await ReceiveAsync(entry, part, progress, cancellationToken).ConfigureAwait(false);
            return await AcceptAsync(entry, part, target, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Fail("cache-unwritable", $"The model folder {folder} cannot be written ({error.Message}); check its rights and its disk.", error);
        }
    }

    private void CheckGate(ModelEntry entry)
    {
        if (entry.Url is null)
            throw Fail("model-no-url", $"The model {entry.Id} has no address to fetch it from: {entry.Source}.");
        if (entry.Commercial != CommercialUse.Yes && !rules.AcceptLicence)
        {
            string says = entry.Commercial == CommercialUse.No ? "does not allow commercial use" : "does not say whether commercial use is allowed";
            throw Fail("licence-not-accepted", $"The licence of {entry.Id} ({entry.Licence}) {says}; add --accept-licence if that suits what you do.");
        }

        if (entry.IsUnpinned && !rules.AcceptUnpinned)
            throw Fail("model-unpinned", $"Only an md5 is published for {entry.Id}, which proves little; add --accept-unpinned to take it, and its SHA-256 is kept to from then on.");
    }

    private async Task ReceiveAsync(ModelEntry entry, PartialDownload part, IProgress<DownloadProgress>? progress, CancellationToken cancellationToken)
    {
        using var transfer = new DownloadTransfer(rules, time);
        TimeSpan pause = rules.Pause;
        for (int attempt = 1; ; attempt++, pause *= 2)
        {
            try
            {
                await transfer.ReceiveAsync(entry, part, progress, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (DownloadFailure failure)
            {
                if (attempt >= rules.Attempts)
                    throw Fail("download-failed", string.Create(CultureInfo.InvariantCulture, $"{entry.Url} was not received in {attempt} tries: {failure.Message}; try again later, what came is kept."), failure);
                TimeSpan wait = failure.RetryAfter ?? pause;
                if (wait > rules.LongestPause)
                    throw Fail("download-failed", string.Create(CultureInfo.InvariantCulture, $"{entry.Url}: {failure.Message} and asks for {wait.TotalSeconds:0} s of patience; try again then."), failure);
                await Task.Delay(wait, time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static async Task<FetchedModel> AcceptAsync(ModelEntry entry, PartialDownload part, string target, CancellationToken cancellationToken)
    {
        (string sha256, string md5, long length) = await part.HashAsync(cancellationToken).ConfigureAwait(false);
        string? fault = entry.Bytes is { } bytes && bytes != length ? string.Create(CultureInfo.InvariantCulture, $"it holds {length} bytes where {bytes} are expected")
            : entry.Sha256 is { } pin && pin != sha256 ? $"its SHA-256 is {sha256}, expected is {pin}"
            : entry.Md5 is { } old && old != md5 ? $"its md5 is {md5}, expected is {old}"
            : null;
        if (fault is not null)
        {
            part.Drop();
            throw Fail("model-hash", $"What {entry.Url} sent is not {entry.Id}: {fault}; it was thrown away.");
        }

        if (entry.IsUnpinned)
            UserEntries.Pin(Pinned(entry, sha256, length), target);
        part.Commit(target);
        return new FetchedModel(target, sha256, length, WasThere: false);
    }

    private static async Task<FetchedModel?> WholeAsync(ModelEntry entry, string path, CancellationToken cancellationToken) =>
        await ModelPlaces.HoldsAsync(path, entry, cancellationToken).ConfigureAwait(false) is { } sha256
            ? new FetchedModel(path, sha256, ModelReader.LengthOf(path, expectedBytes: null), WasThere: true)
            : null;

    /// <summary>Tells a file from the one that lay there before; null: none lies there.</summary>
    private static (long Length, DateTime Written)? Stamp(string path) => new FileInfo(path) is { Exists: true } file ? (file.Length, file.LastWriteTimeUtc) : null;

    /// <summary>The user's entry that keeps to the hash that was found.</summary>
    private static ModelEntry Pinned(ModelEntry entry, string sha256, long length) => entry with { Sha256 = sha256, Bytes = length, Url = null };

    private static MatteException Fail(string code, string message, Exception? inner = null) => new(ErrorKind.Model, code, message, inner);
}
