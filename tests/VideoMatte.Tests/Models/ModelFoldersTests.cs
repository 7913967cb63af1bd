using VideoMatte.Models;
using Xunit;

namespace VideoMatte.Tests.Models;

public sealed class ModelFoldersTests
{
    [Fact]
    public void The_variable_lists_folders_and_empty_parts_name_nothing()
    {
        string one = Path.GetTempPath();
        string two = Path.Combine(one, "two");
        ModelFolders folders = Of((ModelFolders.Variable, string.Join(Path.PathSeparator, [string.Empty, one, " ", two, one])));
        Assert.Equal([one, two], folders.Search);
    }

    [Fact]
    public void Nothing_set_leaves_the_folder_beside_the_program()
    {
        ModelFolders folders = Of();
        Assert.Null(folders.Cache);
        Assert.Equal([Path.Combine("/program", "models")], folders.All);
    }

    [Fact]
    public void The_cache_is_where_the_system_keeps_caches()
    {
        string home = Path.GetFullPath(Path.GetTempPath());
        if (OperatingSystem.IsWindows())
        {
            Assert.Equal(Path.Combine(home, "videomatte", "models"), Of(("LOCALAPPDATA", home)).Cache);
            return;
        }

        string inHome = OperatingSystem.IsMacOS() ? "Library/Caches" : ".cache";
        Assert.Equal(Path.Combine(home, inHome, "videomatte", "models"), Of(("HOME", home)).Cache);
        Assert.Equal("/caches/videomatte/models", Of(("HOME", home), ("XDG_CACHE_HOME", "/caches")).Cache);
        Assert.Equal(Path.Combine(home, inHome, "videomatte", "models"), Of(("HOME", home), ("XDG_CACHE_HOME", "relative")).Cache);
    }

    private static ModelFolders Of(params (string Name, string Value)[] variables) =>
        ModelFolders.Of(name => variables.Where(v => v.Name == name).Select(v => v.Value).FirstOrDefault(), "/program");
}
