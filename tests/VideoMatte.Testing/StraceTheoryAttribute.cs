using Xunit;

namespace VideoMatte.Testing;

/// <summary>A theory that looks over a program's shoulder with strace; where that is not installed it says so and skips. (The run of the
/// whole suite installs it.)</summary>
public sealed class StraceTheoryAttribute : TheoryAttribute
{
    public const string Path = "/usr/bin/strace";

    public StraceTheoryAttribute()
    {
        if (!File.Exists(Path))
            Skip = "needs strace (apt-get install strace)";
    }
}
