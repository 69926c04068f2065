package io.backstop.bench;

import io.backstop.action.ActionRequest;
import io.backstop.config.BackstopConfig;
import io.backstop.config.ConfigLoader;
import io.backstop.executor.Targets;
import io.backstop.runtime.TopicAdmin;
import io.backstop.serde.Registry;
import io.backstop.serde.WireEncoder;
import io.backstop.topology.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Backstop's configuration for the bench: the defaults, whatever this machine's environment says.
 */
final class BenchSettings {
  private final BenchOptions options;
  private final String prefix;
  private final Map<String, String> values = new HashMap<>();

  /**
   * @param prefix of the topics
   */
  BenchSettings(BenchCluster cluster, BenchOptions options, String prefix) {
    this.options = options;
    this.prefix = prefix;
    values.put("backstop.kafka.bootstrap-servers", cluster.bootstrapServers());
    values.put("backstop.kafka.stream-threads", Integer.toString(options.threads()));
    values.put("backstop.registry.url", cluster.registryUrl());
    values.put("backstop.registry.auto-register", "true");
    values.put("backstop.topics.prefix", prefix);
    values.put("backstop.topics.partitions", Integer.toString(options.partitions()));
    values.put("backstop.topics.auto-create", "true");
  }

  private BenchSettings(BenchOptions options, String prefix, Map<String, String> values) {
    this.options = options;
    this.prefix = prefix;
    this.values.putAll(values);
  }

  /** The same, to be changed. */
  BenchSettings copy() {
    return new BenchSettings(options, prefix, values);
  }

  BenchSettings with(String key, String value) {
    values.put(key, value);
    return this;
  }

  String prefix() {
    return prefix;
  }

  BackstopConfig forOneRun(Path stateDirectory) {
    return ConfigLoader.ignoringProcess().load(Optional.empty(), valuesForOneRun(stateDirectory));
  }

  /** By full key. */
  Map<String, String> valuesForOneRun(Path stateDirectory) {
    var all = new HashMap<>(values);
    all.put("backstop.kafka.application-id", "bench-" + UUID.randomUUID());
    all.put("backstop.kafka.state-dir", stateDirectory.toString());
    all.putAll(options.settings());
    return all;
  }

  /** Creates Backstop's topics and fills the one for requests. */
  void publish(BenchCluster cluster, Function<String, ActionRequest> request) {
    createTopics();
    try (var requests = new RequestEncoder()) {
      TopicFill.fill(
          cluster,
          new Topics(prefix).requests(),
          options.partitions(),
          options.requests(),
          id -> requests.encode(request.apply(id)));
    }
  }

  void createTopics() {
    try (var admin = TopicAdmin.connect(forOneRun(Path.of("unused")))) {
      // those of the targets are created by the processor
      admin.create(Targets.of(List.of()));
    }
  }

  /** Encodes requests as an upstream does. */
  final class RequestEncoder implements AutoCloseable {
    private final Registry registry = new Registry(forOneRun(Path.of("unused")).registry());
    private final WireEncoder<ActionRequest> encoder =
        new WireEncoder<>(registry, new Topics(prefix).requests(), ActionRequest.class);

    byte[] encode(ActionRequest request) {
      return encoder.encode(request);
    }

    @Override
    public void close() {
      try {
        registry.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
