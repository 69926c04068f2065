package io.backstop.demo;

import io.backstop.admin.ServedProcessor;
import io.backstop.config.BackstopConfig;
import io.backstop.devcluster.DevCluster;
import io.backstop.devcluster.DevClusterOptions;
import io.backstop.runtime.Outside;
import io.backstop.simulator.Simulator;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All of Backstop in this process: broker, schema registry, simulated services and the processor.
 * Reads no configuration and no environment, so that no real credentials get in.
 */
public final class DemoSystem implements AutoCloseable {
  /** Made here, before parts start on other threads: logging must not be set up by two at once. */
  private static final Logger LOG = LoggerFactory.getLogger(DemoSystem.class);

  private final DemoOutput output;
  private final TemporaryState state;
  private final DevCluster cluster;
  private final Simulator simulator;
  private final BackstopConfig config;
  private final ServedProcessor processor;
  private final CompletableFuture<String> broken = new CompletableFuture<>();

  private DemoSystem(
      DemoOutput output,
      TemporaryState state,
      DevCluster cluster,
      Simulator simulator,
      BackstopConfig config,
      ServedProcessor processor) {
    this.output = output;
    this.state = state;
    this.cluster = cluster;
    this.simulator = simulator;
    this.config = config;
    this.processor = processor;
    processor.fatal().thenAccept(e -> broken.complete("the processor cannot go on: " + e));
    cluster.failure().thenAccept(e -> broken.complete("the broker cannot go on: " + e));
  }

  /**
   * Starts everything, side by side where that is possible, and returns when requests are taken.
   *
   * @param output where fallbacks write; it is left there
   * @param say gets the address of each part as soon as it is up
   * @throws io.backstop.config.StartupException when a part cannot start; nothing is left running
   */
  public static DemoSystem start(DemoPorts ports, DemoOutput output, Consumer<String> say) {
    LOG.debug("demo starts ports={}", ports);
    var started = new StartedParts();
    try {
      CompletableFuture<Simulator> simulator =
          aside(
              () ->
                  started.add(Simulator.start(DemoSettings.simulator(ports.simulator(), output))));
      started.joinBeforeClosing(simulator);
      TemporaryState state = started.add(TemporaryState.create());
      var clusterOptions = new DevClusterOptions(ports.kafka(), ports.registry(), Optional.empty());
      DevCluster cluster = started.add(DevCluster.start(clusterOptions));
      say.accept("Kafka broker:     " + cluster.bootstrapServers());
      say.accept("Schema registry:  " + cluster.registryUrl());
      say.accept("Simulator:        " + simulator.join().baseUri() + "  (/stats, /faults)");
      BackstopConfig config = DemoSettings.processor(cluster, simulator.join(), state, output);
      ServedProcessor processor =
          ServedProcessor.start(config, Outside.configured(config), Clock.systemUTC());
      processor.url().ifPresent(url -> say.accept("Queries:          " + url));
      processor
          .monitoringUrl()
          .ifPresent(url -> say.accept("Health, metrics:  " + url + "  (/health, /metrics)"));
      return new DemoSystem(output, state, cluster, simulator.join(), config, processor);
    } catch (RuntimeException e) {
      started.closeAll();
      throw e instanceof CompletionException && e.getCause() instanceof RuntimeException cause
          ? cause
          : e;
    }
  }

  /** {@code host:port} of the broker. */
  public String bootstrapServers() {
    return cluster.bootstrapServers();
  }

  public String registryUrl() {
    return cluster.registryUrl();
  }

  /** Completes with the reason when a part has given up. */
  CompletableFuture<String> broken() {
    return broken;
  }

  /** Nothing is down yet. */
  Outages outages() {
    return new Outages(simulator);
  }

  /** What fallbacks have written so far. */
  public List<String> written() {
    return WrittenFiles.lines(output);
  }

  /** Where faults of the simulated services can be set. */
  public URI simulator() {
    return simulator.baseUri();
  }

  /** How to reach it. */
  BackstopConfig config() {
    return config;
  }

  /** Changes that the simulated services made under a key that had changed something before. */
  public long repeatedEffects() {
    return simulator.stats().services().values().stream()
        .mapToLong(service -> service.effects().repeated())
        .sum();
  }

  /** Calls that the simulated services answered. */
  public long calls() {
    return simulator.stats().calls();
  }

  /** Stops everything and deletes what it kept, but not what fallbacks wrote. */
  @Override
  public void close() {
    try (state;
        cluster;
        simulator) {
      processor.close();
    }
  }

  private static <T> CompletableFuture<T> aside(Supplier<T> start) {
    return CompletableFuture.supplyAsync(start, task -> new Thread(task, "demo-start").start());
  }
}
