using VideoMatte.Pipelines;
using Xunit;

namespace VideoMatte.Tests.Pipelines;

/// <summary>Several writers and readers, ended at a random moment in a random way: whatever the order, an item is disposed once or read
/// once, and the counts add up.</summary>
public sealed class FrameQueueStressTests
{
    private const int Runs = 400;
    private const int Producers = 3;
    private const int ItemsEach = 40;

    private enum Ending
    {
        Complete,
        Fault,
        CancelWriters,
        Dispose,
        None,
    }

    [Theory(Timeout = 120_000)]
    [InlineData(DeliveryPolicy.Wait)]
    [InlineData(DeliveryPolicy.LatestWins)]
    public async Task Queue_EndedAtRandom_OwnsEveryItemOnce(DeliveryPolicy policy)
    {
        for (int seed = 0; seed < Runs; seed++)
            await RunAsync(seed, policy);
    }

    private static async Task RunAsync(int seed, DeliveryPolicy policy)
    {
        Random random = new(seed);
        FrameQueue<Countable> queue = new(1 + random.Next(4), policy);
        Ending ending = (Ending)random.Next(5);
        int endAfter = random.Next(Producers * ItemsEach), readers = 1 + random.Next(2);
        int[] seeds = [.. Enumerable.Range(0, Producers + readers).Select(_ => random.Next())];
        using CancellationTokenSource stop = new();
        int written = 0;
        Countable[][] items = [.. Enumerable.Range(0, Producers).Select(p => Enumerable.Range(0, ItemsEach).Select(i => new Countable(p, i)).ToArray())];

        async Task EndAsync()
        {
            switch (ending)
            {
                case Ending.Complete:
                    queue.Complete();
                    break;
                case Ending.Fault:
                    queue.Fault(new IOException());
                    break;
                case Ending.CancelWriters:
                    await stop.CancelAsync();
                    break;
                case Ending.Dispose:
                    queue.Dispose();
                    break;
                default:
                    break;
            }
        }

        async Task<int> ProduceAsync(int producer)
        {
            Random own = new(seeds[producer]);
            int failed = 0;
            foreach (Countable item in items[producer])
            {
                try
                {
                    await queue.WriteAsync(item, stop.Token);
                }
                catch (Exception error) when (error is FrameQueueClosedException or OperationCanceledException)
                {
                    Assert.Equal(1, item.Disposals);
                    failed++;
                }

                if (Interlocked.Increment(ref written) == endAfter)
                    await EndAsync();
                if (own.Next(3) == 0)
                    await Task.Yield();
            }

            return failed;
        }

        async Task<List<Countable>> ConsumeAsync(int reader)
        {
            Random own = new(seeds[Producers + reader]);
            List<Countable> got = [];
            try
            {
                while (await queue.ReadAsync(CancellationToken.None) is { } item)
                {
                    got.Add(item);
                    if (own.Next(3) == 0)
                        await Task.Yield();
                }
            }
            catch (Exception error) when (error is IOException or ObjectDisposedException)
            {
            }

            return got;
        }

        Task<int>[] producing = [.. Enumerable.Range(0, Producers).Select(p => Task.Run(() => ProduceAsync(p)))];
        Task<List<Countable>>[] consuming = [.. Enumerable.Range(0, readers).Select(r => Task.Run(() => ConsumeAsync(r)))];
        int rejected = (await Task.WhenAll(producing)).Sum();
        queue.Complete();
        List<Countable>[] read = await Task.WhenAll(consuming);
        queue.Dispose();

        HashSet<Countable> handed = [.. read.SelectMany(r => r)];
        Assert.Equal(read.Sum(r => r.Count), handed.Count);
        Assert.All(items.SelectMany(i => i), i => Assert.Equal(handed.Contains(i) ? 0 : 1, i.Disposals));
        Assert.Equal(queue.Written, queue.Read + queue.Dropped + queue.Discarded);
        Assert.Equal(Producers * ItemsEach, queue.Written + rejected);
        Assert.Equal(handed.Count, queue.Read);
        foreach (List<Countable> one in read)
            for (int p = 0; p < Producers; p++)
                Assert.True(IsRising(one.Where(i => i.Producer == p).Select(i => i.Number)), "order changed");
        if (ending is Ending.None && policy == DeliveryPolicy.Wait)
            Assert.Equal(Producers * ItemsEach, handed.Count);
    }

    private static bool IsRising(IEnumerable<int> numbers) => numbers.Zip(numbers.Skip(1)).All(pair => pair.First < pair.Second);
}
