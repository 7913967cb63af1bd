namespace VideoMatte.Models;

/// <summary>What a fetch may do, and how long it waits.</summary>
public sealed record DownloadRules
{
    /// <summary>True: nothing is fetched.</summary>
    public bool Offline { get; init; }

    /// <summary>The user accepts licences that do not allow, or do not say that they allow, commercial use.</summary>
    public bool AcceptLicence { get; init; }

    /// <summary>The user accepts files that only an md5 vouches for.</summary>
    public bool AcceptUnpinned { get; init; }

    /// <summary>A server that sends nothing for so long has stopped.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Tries in all; each goes on where the one before was cut off.</summary>
    public int Attempts { get; init; } = 5;

    /// <summary>Before the second try; doubled for each further one.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A server's Retry-After is kept up to here; beyond it the fetch ends and says so.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Another process that is fetching the same file is waited for as long as something comes; after so long without, no more. It may sit
    /// out <see cref="LongestPause"/> between any two tries.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>For tests against a server on this machine: plain http to loopback addresses is taken.</summary>
    internal bool AllowLoopbackHttp { get; init; }

    /// <summary>Whether an address may be asked.</summary>
    internal bool Allows(Uri address) =>
        address.Scheme == Uri.UriSchemeHttps || (AllowLoopbackHttp && address.Scheme == Uri.UriSchemeHttp && address.IsLoopback);
}
