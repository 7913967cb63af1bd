using Xunit;

namespace VideoMatte.Testing;

/// <summary>A theory that needs <see cref="SharedData"/>; where that is absent it says so and skips.</summary>
public sealed class SharedTheoryAttribute : TheoryAttribute
{
    public SharedTheoryAttribute()
    {
        if (!SharedData.Present)
            Skip = "needs ../shared (test clips and models)";
    }
}
