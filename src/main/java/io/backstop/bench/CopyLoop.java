package io.backstop.bench;

import java.time.Duration;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads bytes and writes them again in transactions: the least that anything exactly-once between
 * two topics must do.
 */
record CopyLoop(BenchCluster cluster, String input, String output, int threads) implements Side {
  private static final Duration POLL = Duration.ofMillis(10);

  @Override
  public String name() {
    return "bare loop";
  }

  @Override
  public Running start() {
    return new LoopThreads(cluster, input, "copy-" + UUID.randomUUID(), threads, this::copy);
  }

  private void copy(Consumer<byte[], byte[]> consumer, String id, BooleanSupplier running) {
    try (var out = new TransactionalOutput(cluster, output, id, consumer)) {
      while (running.getAsBoolean()) {
        for (ConsumerRecord<byte[], byte[]> rec : consumer.poll(POLL)) {
          out.write(rec, rec.value());
        }
        out.commitIfDue();
      }
    }
  }
}
