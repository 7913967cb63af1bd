using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace VideoMatte.Testing;

/// <summary>A web server on this machine alone that does as a test says, well or badly: one connection a request.</summary>
public sealed class ScriptedServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<ServerRequest, Stream, Task> _answer;
    private readonly X509Certificate2? _certificate;
    private readonly List<ServerRequest> _requests = [];

    /// <param name="answer">Given each request and the stream to answer on; when it returns the connection is closed.</param>
    /// <param name="certificate">Given: it speaks https.</param>
    public ScriptedServer(Func<ServerRequest, Stream, Task> answer, X509Certificate2? certificate = null)
    {
        _answer = answer;
        _certificate = certificate;
        _listener.Start();
        _ = ServeAsync();
    }

    public string Url(string path) => string.Create(
        CultureInfo.InvariantCulture, $"{(_certificate is null ? "http" : "https")}://localhost:{((IPEndPoint)_listener.LocalEndpoint).Port}/{path}");

    /// <summary>In the order they came.</summary>
    public IReadOnlyList<ServerRequest> Requests
    {
        get
        {
            lock (_requests)
                return [.. _requests];
        }
    }

    /// <summary>Writes a status line and headers.</summary>
    public static Task HeadAsync(Stream stream, string status, params string[] headers) =>
        stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nConnection: close\r\n{string.Concat(headers.Select(h => h + "\r\n"))}\r\n")).AsTask();

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Stop();
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (!_stop.IsCancellationRequested)
                _ = AnswerAsync(await _listener.AcceptTcpClientAsync(_stop.Token).ConfigureAwait(false));
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                Stream stream = client.GetStream();
                if (_certificate is not null)
                {
                    var secure = new SslStream(stream);
                    await secure.AuthenticateAsServerAsync(_certificate).ConfigureAwait(false);
                    stream = secure;
                }

                await using (stream.ConfigureAwait(false))
                {
                    ServerRequest request = await ServerRequest.ReadAsync(stream, _stop.Token).ConfigureAwait(false);
                    int number;
                    lock (_requests)
                    {
                        number = _requests.Count;
                        _requests.Add(request);
                    }

                    await _answer(request with { Number = number }, stream).ConfigureAwait(false);
                }
            }
            catch (Exception error) when (error is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // The other side went away, which some tests make it do.
            }
        }
    }
}
