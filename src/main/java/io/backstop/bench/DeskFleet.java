package io.backstop.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.backstop.action.DeadLetter;
import io.backstop.admin.ServedProcessor;
import io.backstop.client.QueryClient;
import io.backstop.config.BackstopConfig;
import io.backstop.runtime.Outside;
import io.backstop.serde.Registry;
import io.backstop.serde.WireEncoder;
import io.backstop.topology.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Instances that share the dead letters of one topic. */
final class DeskFleet implements AutoCloseable {
  private static final String PREFIX = "bench.";
  private static final int PARTITIONS = 4;
  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(15);

  private final BenchCluster cluster;
  private final DeskOptions options;
  private final BenchSettings settings;
  private final List<AutoCloseable> running = new ArrayList<>();
  private QueryClient client;

  DeskFleet(BenchCluster cluster, DeskOptions options) {
    this.cluster = cluster;
    this.options = options;
    Map<String, String> all = new HashMap<>();
    all.put("backstop.kafka.application-id", "bench-" + UUID.randomUUID());
    all.putAll(options.settings());
    this.settings =
        new BenchSettings(cluster, new BenchOptions(0, 0, PARTITIONS, 1, 0, all), PREFIX);
  }

  /** Writes the letters to their topic. */
  void fill() {
    settings.createTopics();
    String topic = new Topics(PREFIX).deadLetters();
    DeskLetters letters = new DeskLetters(options.letters(), System.currentTimeMillis());
    try (Registry registry = new Registry(settings.forOneRun(Path.of("unused")).registry())) {
      WireEncoder<DeadLetter> encoder = new WireEncoder<>(registry, topic, DeadLetter.class);
      TopicFill.fill(
          cluster,
          topic,
          PARTITIONS,
          options.letters(),
          id -> encoder.encode(letters.letter(Integer.parseInt(id))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void start() {
    for (int instance = 0; instance < options.instances(); instance++) {
      TemporaryDirectory state = new TemporaryDirectory();
      BackstopConfig config = settings.forOneRun(state.path());
      ServedProcessor processor =
          ServedProcessor.start(config, Outside.configured(config), Clock.systemUTC());
      running.add(
          () -> {
            processor.close();
            state.close();
          });
      client = new QueryClient(List.of(processor.url().orElseThrow()), config.query().token());
    }
  }

  /** Of the instance that was started last. */
  QueryClient client() {
    return client;
  }

  /** Returns when all letters are on the desk and every instance has its part. */
  void awaitAll() {
    long start = System.nanoTime();
    while (!isWhole()) {
      if (System.nanoTime() - start > PATIENCE_NANOS) {
        throw new IllegalStateException("the letters did not come to the desk");
      }
      Waiting.forMillis(200);
    }
  }

  private boolean isWhole() {
    for (JsonNode each : client.get("/v1/instances", Map.of()).body().path("items")) {
      if (each.path("partitions").isEmpty()) {
        return false;
      }
    }
    JsonNode groups = client.get("/v1/dead-letter-groups", Map.of("limit", "500")).body();
    long count = 0;
    for (JsonNode group : groups.path("items")) {
      count += group.path("count").asLong();
    }
    return !groups.path("partial").asBoolean() && count == options.letters();
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
