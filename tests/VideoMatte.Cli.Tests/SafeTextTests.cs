using Xunit;

namespace VideoMatte.Cli.Tests;

public sealed class SafeTextTests
{
    [Theory]
    [InlineData("Interview: take 2.mp4", "Interview: take 2.mp4")]
    [InlineData("Grüße 漢字 😀.mov", "Grüße 漢字 😀.mov")]
    [InlineData("a\x1b]0;owned\u0007b", "a\\x1b]0;owned\\x07b")]
    [InlineData("line\r\nfeed\ttab", "line\\x0d\\x0afeed\\x09tab")]
    [InlineData("c1 \u009b31m", "c1 \\x9b31m")]
    [InlineData("gpj.\u202efdp.exe", "gpj.\\u202efdp.exe")]
    [InlineData("\u2066iso\u2069 \u200bzero", "\\u2066iso\\u2069 \\u200bzero")]
    [InlineData("\u2028ls", "\\u2028ls")]
    [InlineData("\U000e0041tag", "\\U000e0041tag")]
    [InlineData("", "")]
    [InlineData(null, "")]
    public void Show_OutsideText_IsHarmless(string? text, string expected) => Assert.Equal(expected, SafeText.Show(text));

    [Fact]
    public void Show_BrokenSurrogate_IsEscaped() => Assert.Equal("a\\ud800b", SafeText.Show("a" + (char)0xd800 + "b"));

    [Fact]
    public void ShowLines_KeepsLineEndsOnly() => Assert.Equal("a\\x1b\nb", SafeText.ShowLines("a\x1b\r\nb"));
}
