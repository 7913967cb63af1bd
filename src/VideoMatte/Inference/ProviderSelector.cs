using VideoMatte.Frames;
using VideoMatte.Models;

namespace VideoMatte.Inference;

/// <summary>Opens a model on the provider asked for, or on the best that proves itself.</summary>
/// <remarks>A provider counts only after its canary (<see cref="CanaryFrame"/>). By name, one that fails is an error; <c>auto</c> goes on with the
/// next, at last with the CPU, and warns.</remarks>
public sealed class ProviderSelector
{
    /// <summary>What <c>auto</c> tries before the CPU. TensorRT is not among them: it builds an engine for minutes, and wants static shapes.</summary>
    private static readonly ProviderKind[] Tried = [ProviderKind.Cuda, ProviderKind.DirectMl, ProviderKind.CoreMl];

    private readonly Func<IReadOnlyList<string>> _compiledIn;
    private readonly Func<byte[], string, SessionSettings, RecurrentSession> _open;

    public ProviderSelector()
        : this(SessionFactory.CompiledIn, RecurrentSession.Open)
    {
    }

    /// <param name="compiledIn">Gives ONNX Runtime's names of what is compiled in.</param>
    /// <param name="open">Opens a session.</param>
    internal ProviderSelector(Func<IReadOnlyList<string>> compiledIn, Func<byte[], string, SessionSettings, RecurrentSession> open)
    {
        _compiledIn = compiledIn;
        _open = open;
    }

    /// <summary>What can be said of a provider before a model is opened.</summary>
    /// <exception cref="MatteException"><c>provider-unavailable</c>: this build has it not.</exception>
    public static void RequireCompiledIn(ProviderKind? provider)
    {
        if (provider is { } asked && !SessionFactory.CompiledIn().Contains(ProviderNames.RuntimeName(asked), StringComparer.Ordinal))
            throw SessionFactory.Unusable(asked);
    }

    /// <summary>An open session; the caller disposes it. Its <see cref="RecurrentSession.Provider"/> says what was chosen.</summary>
    /// <param name="model">The whole file, already verified.</param>
    /// <param name="name">The file, as messages name it.</param>
    /// <param name="provider">Null: the best that proves itself.</param>
    /// <param name="threads">Of the CPU's operators; 0: one a core.</param>
    /// <param name="warnings">Gets <c>provider-fallback</c> for each provider that was tried in vain.</param>
    /// <exception cref="MatteException">As <see cref="RecurrentSession.Open"/>; <c>provider-unavailable</c> or <c>provider-canary</c> where the
    /// provider asked for by name is not there or gives wrong mattes.</exception>
    public RecurrentSession Open(byte[] model, string name, ProviderKind? provider, int threads, ICollection<MatteWarning> warnings)
    {
        return Open(settings => _open(model, name, settings), CanaryFrame.Compare, provider, threads, warnings);
    }

    /// <summary>The same for a still network.</summary>
    /// <inheritdoc cref="Open(byte[], string, ProviderKind?, int, ICollection{MatteWarning})"/>
    public StillSession OpenStill(
        byte[] model, string name, ModelInput input, ModelOutput output, ProviderKind? provider, int threads, ICollection<MatteWarning> warnings)
    {
        ArgumentNullException.ThrowIfNull(input);
        return Open(
            settings => StillSession.Open(model, name, input, output, settings),
            (candidate, reference) => StillCanary.Compare(candidate, reference, input),
            provider,
            threads,
            warnings);
    }

    private T Open<T>(Func<SessionSettings, T> open, Func<T, T, string?> compare, ProviderKind? provider, int threads, ICollection<MatteWarning> warnings)
        where T : IDisposable
    {
        ArgumentNullException.ThrowIfNull(warnings);
        if (provider == ProviderKind.Cpu)
            return open(new SessionSettings(ProviderKind.Cpu, threads));
        if (provider is ProviderKind asked)
            return OpenProven(open, compare, asked, threads);

        IReadOnlyList<string> compiledIn = _compiledIn();
        foreach (ProviderKind candidate in Tried.Where(c => compiledIn.Contains(ProviderNames.RuntimeName(c), StringComparer.Ordinal)))
        {
            try
            {
                return OpenProven(open, compare, candidate, threads);
            }
            catch (MatteException error) when (error.Kind == ErrorKind.Provider)
            {
                warnings.Add(new MatteWarning("provider-fallback", error.Message + " The CPU does the work instead."));
            }
        }

        return open(new SessionSettings(ProviderKind.Cpu, threads));
    }

    private T OpenProven<T>(Func<SessionSettings, T> open, Func<T, T, string?> compare, ProviderKind provider, int threads)
        where T : IDisposable
    {
        if (!_compiledIn().Contains(ProviderNames.RuntimeName(provider), StringComparer.Ordinal))
            throw SessionFactory.Unusable(provider);
        T candidate = open(new SessionSettings(provider, threads));
        try
        {
            using T reference = open(new SessionSettings(ProviderKind.Cpu, threads));
            string? fault = compare(candidate, reference);
            if (fault is null)
                return candidate;
            throw new MatteException(
                ErrorKind.Provider,
                "provider-canary",
                $"The provider {ProviderNames.Name(provider)} gives other mattes than the CPU ({fault}): use --provider cpu.");
        }
        catch
        {
            candidate.Dispose();
            throw;
        }
    }
}
