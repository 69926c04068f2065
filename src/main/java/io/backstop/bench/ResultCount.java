package io.backstop.bench;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;

/** Counts the results that a read-committed consumer finds in a topic, from its beginning. */
final class ResultCount implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(3);

  private final Consumer<byte[], byte[]> consumer;
  private long count;

  ResultCount(BenchCluster cluster, String topic) {
    consumer = Clients.consumer(cluster, "counting-" + topic);
    consumer.assign(Clients.partitions(consumer, topic));
  }

  /**
   * @throws IllegalStateException when nothing more comes, or too many
   */
  void await(long expected) {
    long progressAt = System.nanoTime();
    while (count < expected) {
      int more = consumer.poll(POLL).count();
      count += more;
      if (more > 0) {
        progressAt = System.nanoTime();
      } else if (System.nanoTime() - progressAt > PATIENCE_NANOS) {
        throw new IllegalStateException("only " + count + " of " + expected + " results came");
      }
    }
    if (count != expected) {
      throw new IllegalStateException(count + " results came for " + expected + " requests");
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
