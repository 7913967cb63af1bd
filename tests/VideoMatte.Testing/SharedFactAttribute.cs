using Xunit;

namespace VideoMatte.Testing;

/// <summary>A fact that needs <see cref="SharedData"/>; where that is absent it says so and skips.</summary>
public sealed class SharedFactAttribute : FactAttribute
{
    public SharedFactAttribute()
    {
        if (!SharedData.Present)
            Skip = "needs ../shared (test clips and models)";
    }
}
