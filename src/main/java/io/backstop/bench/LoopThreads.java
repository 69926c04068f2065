package io.backstop.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Threads that each read their share of a topic's partitions from the beginning. The partitions are
 * dealt out once: cheaper than a group, so the comparison is the harder for Backstop.
 */
final class LoopThreads implements Side.Running {

  /** What one thread does. */
  interface Loop {
    /**
     * @param consumer with its partitions assigned; closed by the caller
     * @param id of this thread in this start, unique on the broker
     * @param running false when the loop is to end
     */
    void run(Consumer<byte[], byte[]> consumer, String id, BooleanSupplier running);
  }

  private final List<CompletableFuture<Void>> threads = new ArrayList<>();
  private volatile boolean running = true;

  LoopThreads(BenchCluster cluster, String input, String group, int count, Loop loop) {
    var executor = Executors.newFixedThreadPool(count);
    for (int index = 0; index < count; index++) {
      int share = index;
      threads.add(
          CompletableFuture.runAsync(
              () -> run(cluster, input, group + "-" + share, share, count, loop), executor));
    }
    executor.shutdown();
  }

  private void run(BenchCluster cluster, String input, String id, int share, int count, Loop loop) {
    try (Consumer<byte[], byte[]> consumer = Clients.consumer(cluster, id)) {
      List<TopicPartition> own =
          Clients.partitions(consumer, input).stream()
              .filter(partition -> partition.partition() % count == share)
              .toList();
      consumer.assign(own);
      loop.run(consumer, id, () -> running);
    }
  }

  @Override
  public void close() {
    running = false;
    threads.forEach(CompletableFuture::join);
  }
}
