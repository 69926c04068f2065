package io.backstop.demo;

import io.backstop.admin.ServedProcessor;
import io.backstop.config.BackstopConfig;
import io.backstop.config.ConfigLoader;
import io.backstop.devcluster.DevCluster;
import io.backstop.devcluster.DevClusterOptions;
import io.backstop.runtime.Outside;
import io.backstop.simulator.EmulatedService;
import io.backstop.simulator.FaultPlan;
import io.backstop.simulator.Latency;
import io.backstop.simulator.Simulator;
import io.backstop.simulator.SimulatorOptions;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
  private static final Set<EmulatedService> SERVICES =
      EnumSet.complementOf(
          EnumSet.of(EmulatedService.OAUTH2, EmulatedService.WEBHOOK, EmulatedService.EMAIL));

  /** Made here, before parts start on other threads: logging must not be set up by two at once. */
  private static final Logger LOG = LoggerFactory.getLogger(DemoSystem.class);

  private static final long SEED = 1;
  private static final Latency LATENCY = new Latency.LogNormal(15, 60);

  /** Of Notion's circuit; short, so that a person sees a whole cycle soon. */
  static final Duration OPEN = Duration.ofSeconds(2);

  static final Duration LONGEST_OPEN = Duration.ofSeconds(4);

  private final TemporaryState state;
  private final DevCluster cluster;
  private final Simulator simulator;
  private final BackstopConfig config;
  private final ServedProcessor processor;
  private final CompletableFuture<String> broken = new CompletableFuture<>();

  private DemoSystem(
      TemporaryState state,
      DevCluster cluster,
      Simulator simulator,
      BackstopConfig config,
      ServedProcessor processor) {
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
   * @param say gets the address of each part as soon as it is up
   * @throws io.backstop.config.StartupException when a part cannot start; nothing is left running
   */
  public static DemoSystem start(DemoPorts ports, Consumer<String> say) {
    LOG.debug("demo starts ports={}", ports);
    var started = new StartedParts();
    try {
      CompletableFuture<Simulator> simulator =
          aside(() -> started.add(Simulator.start(simulatorOptions(ports))));
      started.joinBeforeClosing(simulator);
      TemporaryState state = started.add(TemporaryState.create());
      var clusterOptions = new DevClusterOptions(ports.kafka(), ports.registry(), Optional.empty());
      DevCluster cluster = started.add(DevCluster.start(clusterOptions));
      say.accept("Kafka broker:     " + cluster.bootstrapServers());
      say.accept("Schema registry:  " + cluster.registryUrl());
      say.accept("Simulator:        " + simulator.join().baseUri() + "  (/stats, /faults)");
      BackstopConfig config = config(cluster, simulator.join(), state);
      ServedProcessor processor =
          ServedProcessor.start(config, Outside.configured(config), Clock.systemUTC());
      processor.url().ifPresent(url -> say.accept("Queries:          " + url));
      return new DemoSystem(state, cluster, simulator.join(), config, processor);
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
  NotionOutage notionOutage() {
    return new NotionOutage(simulator);
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

  /** Stops everything and deletes what it kept. */
  @Override
  public void close() {
    try (state;
        cluster;
        simulator) {
      processor.close();
    }
  }

  private static SimulatorOptions simulatorOptions(DemoPorts ports) {
    Map<EmulatedService, FaultPlan> plans = new EnumMap<>(EmulatedService.class);
    for (EmulatedService service : SERVICES) {
      plans.put(service, FaultPlan.HEALTHY.withLatency(LATENCY));
    }
    return new SimulatorOptions(ports.simulator(), SEED, plans);
  }

  private static BackstopConfig config(
      DevCluster cluster, Simulator simulator, TemporaryState state) {
    var values = new HashMap<String, String>();
    values.put("backstop.kafka.bootstrap-servers", cluster.bootstrapServers());
    values.put("backstop.kafka.state-dir", state.directory().toString());
    values.put("backstop.registry.url", cluster.registryUrl());
    values.put("backstop.registry.auto-register", "true");
    values.put("backstop.topics.auto-create", "true");
    for (EmulatedService service : SERVICES) {
      String prefix = "backstop.services." + service.label();
      values.put(prefix + ".base-url", simulator.baseUri(service).toString());
      values.put(prefix + ".token", "demo");
    }
    values.put("backstop.services.trello.api-key", "demo");
    values.put("backstop.services.notion.circuit.open-duration", OPEN.toSeconds() + "s");
    values.put(
        "backstop.services.notion.circuit.max-open-duration", LONGEST_OPEN.toSeconds() + "s");
    return ConfigLoader.ignoringProcess().load(Optional.empty(), values);
  }

  private static <T> CompletableFuture<T> aside(Supplier<T> start) {
    return CompletableFuture.supplyAsync(start, task -> new Thread(task, "demo-start").start());
  }
}
