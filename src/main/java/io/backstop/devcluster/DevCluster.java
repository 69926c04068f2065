package io.backstop.devcluster;

import io.backstop.config.StartupException;
import io.backstop.devcluster.registry.DevRegistry;
import io.backstop.devcluster.registry.DevRegistryOptions;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** A Kafka broker and a schema registry in this process, for several processors and clients. */
public final class DevCluster implements AutoCloseable {
  private final DataDirectory data;
  private final EmbeddedKafka kafka;
  private final DevRegistry registry;

  private DevCluster(DataDirectory data, EmbeddedKafka kafka, DevRegistry registry) {
    this.data = data;
    this.kafka = kafka;
    this.registry = registry;
  }

  /**
   * Starts both, side by side, and returns when both serve clients: two to three seconds. No topic
   * is created.
   *
   * @throws StartupException when a port or the data directory cannot be used; nothing is left
   *     running then
   */
  public static DevCluster start(DevClusterOptions options) {
    var data = DataDirectory.open(options.dataDirectory());
    var kafka = startKafka(options, data);
    DevRegistry registry = null;
    try {
      registry = DevRegistry.start(registryOptions(options, data));
      return new DevCluster(data, kafka.join(), registry);
    } catch (RuntimeException e) {
      if (registry != null) {
        registry.close();
      }
      kafka.handle(DevCluster::closeIfStarted).join();
      data.close();
      throw e instanceof CompletionException && e.getCause() instanceof RuntimeException cause
          ? cause
          : e;
    }
  }

  /** {@code host:port} for clients' {@code bootstrap.servers}. */
  public String bootstrapServers() {
    return kafka.bootstrapServers();
  }

  /** {@code http://host:port} for clients' {@code schema.registry.url}. */
  public String registryUrl() {
    return registry.url();
  }

  /** Completes with the reason when the broker cannot go on; the cluster still has to be closed. */
  public CompletionStage<String> failure() {
    return kafka.failure();
  }

  /** Stops both and frees what they hold; a temporary data directory is deleted. */
  @Override
  public void close() {
    try (data;
        kafka) {
      registry.close();
    }
  }

  private static DevRegistryOptions registryOptions(DevClusterOptions options, DataDirectory data) {
    return new DevRegistryOptions(
        options.registryPort(),
        DevClusterOptions.REGISTRY_PORT_FLAG,
        options.dataDirectory().map(chosen -> data.registry()),
        Optional.empty());
  }

  private static CompletableFuture<EmbeddedKafka> startKafka(
      DevClusterOptions options, DataDirectory data) {
    return CompletableFuture.supplyAsync(
        () -> EmbeddedKafka.start(options.port(), data.broker()),
        start -> new Thread(start, "dev-cluster-start").start());
  }

  private static Void closeIfStarted(EmbeddedKafka started, Throwable failure) {
    if (started != null) {
      started.close();
    }
    return null;
  }
}
