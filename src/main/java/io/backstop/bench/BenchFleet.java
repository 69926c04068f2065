package io.backstop.bench;

import io.backstop.config.BackstopConfig;
import io.backstop.runtime.ActionProcessor;
import io.backstop.runtime.Outside;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/**
 * Instances of one consumer group. They share this process and nothing else: each has its own
 * state, stream thread, HTTP client and door to the service.
 */
final class BenchFleet implements AutoCloseable {
  static final int INSTANCES = 3;
  static final String SERVICE = "slack";
  static final String PREFIX = "bench.";

  private final ConcurrentLinkedQueue<AutoCloseable> running = new ConcurrentLinkedQueue<>();
  private final BenchCluster cluster;
  private final FrontDoors doors;
  private final BenchOptions options;

  BenchFleet(BenchCluster cluster, FrontDoors doors, Map<String, String> settings) {
    this.cluster = cluster;
    this.doors = doors;
    Map<String, String> all = new HashMap<>();
    all.put("backstop.kafka.application-id", "bench-" + UUID.randomUUID());
    // so that many trips take minutes, not hours
    all.put("backstop.circuit.open-duration", "1s");
    all.put("backstop.circuit.open-factor", "1");
    all.putAll(settings);
    this.options = new BenchOptions(0, 0, INSTANCES, 1, 0, all);
  }

  /** With a door, or for a client of the topics with any. */
  BenchSettings settings(int door) {
    return new BenchSettings(cluster, options, PREFIX)
        // what is measured is the circuit, not what else is done while it is open
        .with("backstop.fallback.enabled", "false")
        .with("backstop.services.slack.base-url", doors.url(door))
        .with("backstop.services.slack.token", "xoxb-bench");
  }

  /** Starts all at once, so that the first assignment is the last one. */
  void start() {
    settings(0).createTopics();
    ExecutorService threads = Executors.newFixedThreadPool(INSTANCES);
    try {
      List<CompletableFuture<Void>> started =
          IntStream.range(0, INSTANCES)
              .mapToObj(door -> CompletableFuture.runAsync(() -> start(door), threads))
              .toList();
      started.forEach(CompletableFuture::join);
    } finally {
      threads.shutdown();
    }
  }

  private void start(int door) {
    TemporaryDirectory state = new TemporaryDirectory();
    BackstopConfig config = settings(door).forOneRun(state.path());
    var processor = ActionProcessor.start(config, Outside.configured(config), Clock.systemUTC());
    running.add(
        () -> {
          processor.close();
          state.close();
        });
  }

  @Override
  public void close() {
    for (AutoCloseable each : running) {
      try {
        each.close();
      } catch (Exception e) {
        throw new IllegalStateException("an instance did not stop", e);
      }
    }
  }
}
