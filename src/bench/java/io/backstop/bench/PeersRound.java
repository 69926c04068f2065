package io.backstop.bench;

import io.backstop.action.ActionRequest;
import io.backstop.action.TaskPayload;
import io.backstop.config.BackstopConfig;
import io.backstop.topology.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * What one side meets in one round: topics of its own, so that nothing of an earlier round is read
 * again, and rules of repeating and giving up that are the same for all sides. All topics are gone
 * at the end.
 */
final class PeersRound implements AutoCloseable {
  /** Where cards of the fallback go. */
  static final String FALLBACK_LIST = "5f0c8a1b2c3d4e5f6a7b8c9d";

  private static final String DATABASE = "8f2c0a1b2c3d4e5f6a7b8c9d0e1f2a3b";

  /** Calls at once, where a side can say so. */
  static final int IN_FLIGHT = 256;

  static final int ATTEMPTS = 3;
  static final long FIRST_BACKOFF_MS = 200;
  static final int BACKOFF_FACTOR = 2;
  static final float BREAKER_FAILURE_PERCENT = 50;
  static final int BREAKER_CALLS = 10;
  static final int BREAKER_WINDOW_SECONDS = 60;
  static final int BREAKER_OPEN_SECONDS = 30;
  static final int BREAKER_PROBES = 3;

  private static final int TEXT_BYTES = 400;
  private static final Duration POLL = Duration.ofMillis(100);

  private final BenchCluster cluster;
  private final BenchSettings settings;
  private final Workload workload;
  private final int partitions;

  PeersRound(
      BenchCluster cluster, SimulatedPair services, PeersOptions options, Workload workload) {
    this.cluster = cluster;
    this.workload = workload;
    this.partitions = options.partitions();
    var bench = new BenchOptions(0, 0, partitions, 1, 0, options.settings());
    this.settings =
        new BenchSettings(cluster, bench, "peers-" + UUID.randomUUID() + ".")
            .with("backstop.services.notion.base-url", services.primaryUrl())
            .with("backstop.services.notion.token", "a-token")
            .with("backstop.services.trello.base-url", services.fallbackUrl())
            .with("backstop.services.trello.token", "a-token")
            .with("backstop.services.trello.api-key", "a-key")
            .with("backstop.fallback.targets.\"trello:createCard\".container", FALLBACK_LIST)
            .with("backstop.execution.max-concurrent-calls", "" + IN_FLIGHT)
            .with("backstop.execution.timeout", ServiceCalls.TIMEOUT.toString())
            .with("backstop.retry.max-attempts", "" + ATTEMPTS)
            .with("backstop.retry.initial-delay", FIRST_BACKOFF_MS + "ms")
            .with("backstop.retry.factor", "" + BACKOFF_FACTOR)
            .with("backstop.retry.jitter", "none")
            .with("backstop.circuit.trip-on", "failure-rate")
            .with("backstop.circuit.failure-rate", "" + BREAKER_FAILURE_PERCENT / 100)
            .with("backstop.circuit.min-calls", "" + BREAKER_CALLS)
            .with("backstop.circuit.window", BREAKER_WINDOW_SECONDS + "s")
            .with("backstop.circuit.open-duration", BREAKER_OPEN_SECONDS + "s")
            .with("backstop.circuit.half-open-probes", "" + BREAKER_PROBES);
    settings.createTopics();
    cluster.createTopic(answers(), partitions);
    // an empty topic has no schema yet, which sides would have to wait for
    try (var encoder = settings.new RequestEncoder()) {
      encoder.encode(request(0));
    }
  }

  BenchCluster cluster() {
    return cluster;
  }

  BenchSettings settings() {
    return settings;
  }

  BackstopConfig config() {
    return settings.forOneRun(Path.of("unused"));
  }

  int partitions() {
    return partitions;
  }

  /** Where requests come from. */
  String input() {
    return new Topics(settings.prefix()).requests();
  }

  /** Where a side other than Backstop puts what the services answered. */
  String answers() {
    return settings.prefix() + "answers";
  }

  /** Requests that ended as a dead letter; only Backstop has such. */
  int deadLetters() {
    try (var letters = Clients.consumer(cluster, "letters")) {
      var partitions = Clients.partitions(letters, new Topics(settings.prefix()).deadLetters());
      letters.assign(partitions);
      Map<TopicPartition, Long> ends = letters.endOffsets(partitions);
      int count = 0;
      while (partitions.stream().anyMatch(each -> letters.position(each) < ends.get(each))) {
        count += letters.poll(POLL).count();
      }
      return count;
    }
  }

  /** Puts the first requests on the input topic. */
  void fill(int requests) {
    try (var encoder = settings.new RequestEncoder()) {
      TopicFill.fill(cluster, requests, number -> input(number, encoder));
    }
  }

  /** The record of one request: duplicates have the same key and so the same partition. */
  ProducerRecord<byte[], byte[]> input(int number, BenchSettings.RequestEncoder encoder) {
    int original = workload.original(number);
    byte[] key = Integer.toString(original).getBytes(StandardCharsets.UTF_8);
    return new ProducerRecord<>(
        input(), original % partitions, key, encoder.encode(request(number)));
  }

  private ActionRequest request(int number) {
    return ActionRequest.newBuilder()
        .setRequestId(Integer.toString(number))
        .setAction("notion:createPage")
        .setIdempotencyKey("key-" + workload.original(number))
        .setSubmitter("bench")
        .setPayload(
            TaskPayload.newBuilder()
                .setTitle("Page " + number)
                .setDescription("x".repeat(TEXT_BYTES))
                .setContainer(DATABASE)
                .build())
        .build();
  }

  @Override
  public void close() {
    Map<String, Object> broker =
        Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, cluster.bootstrapServers());
    try (Admin admin = Admin.create(broker)) {
      var names = admin.listTopics().names().get();
      admin.deleteTopics(names.stream().filter(name -> !name.startsWith("_")).toList()).all().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("topics were not deleted", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
