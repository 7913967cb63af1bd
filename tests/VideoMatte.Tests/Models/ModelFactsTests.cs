using VideoMatte.Frames;
using VideoMatte.Models;
using Xunit;

namespace VideoMatte.Tests.Models;

public sealed class ModelFactsTests
{
    private static ModelEntry Entry { get; } = ShippedCatalogue.Load().Find("u2netp")!;

    [Fact]
    public void Apply_EachFact_ChangesThatAlone()
    {
        ModelEntry entry = ModelFacts.Apply(Entry, ["size=640x480", "multiple=32", "layout=nhwc", "order=bgr", "scale=1", "mean=1,2,3.5", "std=4,5,-6", "input=a", "output=b", "output-layout=nhwc", "channel=2", "activation=sigmoid"]);
        ModelInput input = entry.Input!;
        Assert.Equal((640, 480, 32, "nhwc", "bgr", 1.0, "a"), (input.Width, input.Height, input.Multiple, input.Layout, input.Order, input.Scale, input.Name));
        Assert.Equal([1, 2, 3.5], input.Mean);
        Assert.Equal([4.0, 5, -6], input.Std);
        Assert.Equal(new ModelOutput("nhwc", 2, "sigmoid", "b"), entry.Output);
        Assert.Equal(Entry with { Input = input, Output = entry.Output }, entry);
        Assert.Equal(Entry, ModelFacts.Apply(Entry, []));
        ModelEntry trimap = Entry with { Family = ModelFamily.Trimap, Input = Entry.Input! with { Trimap = new ModelTrimap(1) } };
        Assert.Equal(1 / 128.0, ModelFacts.Apply(trimap, ["trimap-scale=0.0078125"]).Input!.Trimap!.Scale);
    }

    [Theory]
    [InlineData("size=640")]
    [InlineData("size=0x9")]
    [InlineData("size=640x480x3")]
    [InlineData("mean=1,2")]
    [InlineData("mean=1,2,x")]
    [InlineData("std=1,0,1")]
    [InlineData("scale=0")]
    [InlineData("scale=0,5")]
    [InlineData("order=rbg")]
    [InlineData("activation=tanh")]
    [InlineData("channel=-1")]
    [InlineData("input=")]
    [InlineData("trimap-scale=1")]
    [InlineData("sha256=0")]
    [InlineData("order")]
    [InlineData("")]
    public void Apply_WhatIsNoFact_IsRefused(string fact)
    {
        MatteException error = Assert.Throws<MatteException>(() => ModelFacts.Apply(Entry, [fact]));
        Assert.Equal((ErrorKind.Usage, "model-fact"), (error.Kind, error.Code));
    }

    [Fact]
    public void Apply_ToAFamilyThatFixesAll_IsRefused() =>
        Assert.Contains("family rvm", Assert.Throws<MatteException>(() => ModelFacts.Apply(ShippedCatalogue.Load().Find("rvm-mobilenetv3")!, ["order=bgr"])).Message, StringComparison.Ordinal);
}
