package io.backstop.bench;

import io.backstop.bench.BenchSettings.RequestEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;

/**
 * Requests at a pace that every side keeps up with, and the time from when each was due until a
 * read-committed consumer has its result. Those of the first seconds do not count: by then circuits
 * have seen what there is to see.
 */
final class PacedRequests {
  static final int PER_SECOND = 100;
  static final int WARM_UP_SECONDS = 10;
  private static final Duration POLL = Duration.ofMillis(20);
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

  /**
   * What was seen.
   *
   * @param missing requests without a result half a minute after the last was due
   */
  record Seen(Latencies latencies, int missing) {}

  private final PeersRound round;
  private final Workload workload;
  private final int count;

  PacedRequests(PeersRound round, Workload workload, int seconds) {
    this.round = round;
    this.workload = workload;
    this.count = (WARM_UP_SECONDS + seconds) * PER_SECOND;
  }

  /**
   * @param side that runs
   */
  Seen measure(Side side) {
    try (Consumer<byte[], byte[]> results = Clients.consumer(round.cluster(), "paced");
        Producer<byte[], byte[]> producer = Clients.producer(round.cluster());
        RequestEncoder encoder = round.settings().new RequestEncoder()) {
      results.assign(Clients.partitions(results, side.output()));
      try (PacedLoad load =
          PacedLoad.start(
              PER_SECOND,
              turn -> {
                if (turn < count) {
                  producer.send(round.input(turn, encoder));
                }
              })) {
        return seen(read(results, load));
      }
    }
  }

  /** The times by request in milliseconds, NaN where there is no result. */
  private double[] read(Consumer<byte[], byte[]> results, PacedLoad load) {
    double[] millis = new double[count];
    Arrays.fill(millis, Double.NaN);
    Map<String, Integer> answered = new HashMap<>();
    long giveUpAt = load.dueAt(count) + PATIENCE_NANOS;
    int open = count;
    while (open > 0 && System.nanoTime() < giveUpAt) {
      for (ConsumerRecord<byte[], byte[]> result : results.poll(POLL)) {
        String key = new String(result.key(), StandardCharsets.UTF_8);
        int request = workload.withKey(Integer.parseInt(key), answered.merge(key, 1, Integer::sum));
        if (request < count && Double.isNaN(millis[request])) {
          millis[request] = (System.nanoTime() - load.dueAt(request)) / 1e6;
          open--;
        }
      }
    }
    return millis;
  }

  private static Seen seen(double[] millis) {
    int missing = (int) Arrays.stream(millis).filter(Double::isNaN).count();
    var counted =
        Arrays.stream(millis)
            .skip((long) WARM_UP_SECONDS * PER_SECOND)
            .filter(each -> !Double.isNaN(each))
            .boxed()
            .toList();
    return new Seen(Latencies.of(counted), missing);
  }
}
