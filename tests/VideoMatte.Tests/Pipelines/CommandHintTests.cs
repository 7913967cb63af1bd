using VideoMatte.Pipelines;
using Xunit;

namespace VideoMatte.Tests.Pipelines;

public sealed class CommandHintTests
{
    [Theory]
    [InlineData("in.mp4|-o|out.mov", "videomatte matte --rate 25 --overwrite in.mp4 -o out.mov")]
    [InlineData("my clip.mp4|--overwrite|-o|it's.mov", "videomatte matte --rate 25 'my clip.mp4' --overwrite -o 'it'\\''s.mov'")]
    [InlineData("in.mp4|--rate|keep|-o|out.mov", "videomatte matte --rate 25 --overwrite in.mp4 -o out.mov")]
    [InlineData("--rate=keep|-o|out.mov|--|-dash.mp4", "videomatte matte --rate 25 --overwrite -o out.mov -- -dash.mp4")]
    [InlineData("in.mp4|--background|#00ff00|-o|$x.mov", "videomatte matte --rate 25 --overwrite in.mp4 --background '#00ff00' -o '$x.mov'")]
    public void With_AnOption_IsTheUsersCommandForAShell(string words, string expected)
    {
        if (!OperatingSystem.IsWindows())
            Assert.Equal(expected, CommandHint.With(new MattingJob { Input = "in.mp4", Arguments = words.Split('|') }, "--rate", "25"));
    }

    [Fact]
    public void With_NoWordsKnown_InputAndOutputStandForThem() =>
        Assert.Equal("videomatte matte --rate 25 --overwrite in.mp4 -o out.mov", CommandHint.With(new MattingJob { Input = "in.mp4", Output = "out.mov" }, "--rate", "25"));
}
