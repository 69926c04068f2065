package io.backstop.runtime;

import io.backstop.action.InstanceEndpoint;
import io.backstop.config.BackstopConfig;
import io.backstop.config.IntakeConfig.Partitioning;
import io.backstop.config.StartupException;
import io.backstop.deadletter.LetterCount;
import io.backstop.deadletter.LetterRecords;
import io.backstop.execution.CallGate;
import io.backstop.metrics.Metric;
import io.backstop.serde.Registry;
import io.backstop.topology.Topics;
import io.backstop.topology.TopologyParts;
import io.backstop.topology.Wiring;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One running instance: everything is checked before the first request is read. Closing it lets the
 * calls in flight finish, commits and leaves the group; a fixed member stays in it, to come back.
 */
public final class ActionProcessor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ActionProcessor.class);
  private static final long STORE_CACHE_BYTES = 64L * 1024 * 1024;
  private static final long WRITE_BUFFER_BYTES = 96L * 1024 * 1024;

  private final BackstopConfig config;
  private final Registry registry;
  private final Wiring wiring;
  private final SignalSender signals;
  private final Outside outside;
  private final RocksMemory memory = new RocksMemory(STORE_CACHE_BYTES, WRITE_BUFFER_BYTES);
  private final ThreadFailures failures;
  private final OverdueTransactions overdue;
  private final PlatformMeters meters;
  private final KafkaStreams streams;
  private final Stores stores;
  private final CountDownLatch runningOrDead = new CountDownLatch(1);

  private ActionProcessor(
      BackstopConfig config,
      Outside outside,
      Optional<Address> address,
      int deskPartitions,
      Registry registry,
      Vitals vitals,
      Clock clock) {
    this.config = config;
    this.outside = outside;
    this.registry = registry;
    Wiring.Identity identity =
        new Wiring.Identity(
            UUID.randomUUID().toString(),
            StateDirectory.name(config.kafka().stateDir(), config.kafka().applicationId()));
    this.wiring =
        new Wiring(
            config,
            new Wiring.Outgoing(
                outside.targets(), outside.credentials(), outside.http(), outside.meters()),
            registry,
            identity,
            clock);
    Properties settings = new Properties();
    TopologyParts parts = wiring.parts();
    this.failures = new ThreadFailures(clock, parts.metrics().counter(Metric.THREAD_FAILURES));
    settings.putAll(
        StreamsSettings.of(
            config.kafka(),
            new LetterRecords(
                parts.topics().deadLetters(),
                deskPartitions,
                parts.letters(),
                new LetterCount(parts.metrics()),
                clock),
            memory));
    address.ifPresent(own -> settings.put(StreamsConfig.APPLICATION_SERVER_CONFIG, own.toString()));
    Topology topology = wiring.topology();
    this.streams = streams(topology, settings, config);
    this.meters = new PlatformMeters(streams, outside.meters());
    this.stores =
        new StreamsStores(
            streams,
            identity.process(),
            address,
            taskTopics(parts, config, deskPartitions),
            new StreamsStores.Reading(
                wiring.stateDecoder(),
                config.idempotency().retention(),
                new ReplayRules(wiring.resubmitting(), wiring.policies()),
                clock));
    this.signals =
        SignalSender.start(
            config.kafka(),
            wiring.signals(),
            parts.topics().fleetSignals(),
            wiring.signalSerializer(),
            address.map(own -> announcement(own, identity)),
            clock);
    this.overdue = OverdueTransactions.watch(config);
    StreamsFigures figures = new StreamsFigures(streams, topology);
    figures.show(parts.metrics());
    vitals.watch(figures::lag, wiring.circuits()::states);
    failures.fatal().thenAccept(vitals::died);
    failures.fatal().thenRun(runningOrDead::countDown);
    streams.setGlobalStateRestoreListener(vitals.restoring());
    streams.setUncaughtExceptionHandler(failures);
    streams.setStateListener(
        (now, before) -> {
          vitals.changed(now);
          overdue.changed(now);
          if (now == KafkaStreams.State.RUNNING) {
            runningOrDead.countDown();
          } else if (now == KafkaStreams.State.ERROR) {
            failures.stopped();
          }
        });
  }

  /**
   * Checks broker, topics, registry, features and state directory, then starts and waits until the
   * first assignment has arrived.
   *
   * @param outside what calls go out through; closed with the processor
   * @throws StartupException when something is not as it must be
   */
  public static ActionProcessor start(BackstopConfig config, Outside outside, Clock clock) {
    Vitals vitals = new Vitals(config.monitoring(), clock);
    return start(config, outside, Optional.empty(), vitals, clock);
  }

  /**
   * The same for an instance that answers queries.
   *
   * @param address where it does, as others reach it; the caller answers there
   * @param vitals told how the processor is, from now on
   */
  public static ActionProcessor start(
      BackstopConfig config,
      Outside outside,
      Optional<Address> address,
      Vitals vitals,
      Clock clock) {
    Registry registry = null;
    try {
      StateDirectory.require(config.kafka().stateDir());
      int deskPartitions;
      try (TopicAdmin admin = TopicAdmin.connect(config)) {
        admin.requireFeatures();
        admin.requireReady(outside.targets());
        admin.settleGroup();
        deskPartitions = admin.partitions(new Topics(config.topics().prefix()).deadLetters());
      }
      registry = new Registry(config.registry());
      ActionProcessor processor =
          new ActionProcessor(config, outside, address, deskPartitions, registry, vitals, clock);
      processor.awaitRunning();
      return processor;
    } catch (RuntimeException e) {
      outside.close();
      close(registry);
      throw e;
    }
  }

  /** What may be read while it runs. */
  public Stores stores() {
    return stores;
  }

  /**
   * What it works on, what it keeps for others, and how far that is behind. Waits for the brokers.
   */
  public Copies copies() {
    return Copies.of(streams, requestsTopic(wiring.parts(), config));
  }

  /** Completes with the reason when the processor stopped because it cannot go on. */
  public CompletableFuture<Throwable> fatal() {
    return failures.fatal();
  }

  @Override
  public void close() {
    CallGate gate = wiring.gate();
    gate.close();
    boolean idle = gate.awaitIdle(config.kafka().shutdownTimeout());
    LOG.info("processor stops callsGivenUp={}", idle ? 0 : gate.inFlight());
    signals.close();
    overdue.close();
    meters.close();
    streams.close(
        CloseOptions.timeout(Duration.ofSeconds(30))
            .withGroupMembershipOperation(membershipAfterwards()));
    wiring.close();
    outside.close();
    memory.close();
    close(registry);
  }

  /** A fixed member comes back: its work waits for it instead of moving twice. */
  private CloseOptions.GroupMembershipOperation membershipAfterwards() {
    return config.kafka().groupInstanceId().isPresent()
        ? CloseOptions.GroupMembershipOperation.REMAIN_IN_GROUP
        : CloseOptions.GroupMembershipOperation.LEAVE_GROUP;
  }

  private static void close(Registry registry) {
    try {
      if (registry != null) {
        registry.close();
      }
    } catch (IOException e) {
      LOG.warn("registry client could not be closed", e);
    }
  }

  private static StreamsStores.TaskTopics taskTopics(
      TopologyParts parts, BackstopConfig config, int partitions) {
    return new StreamsStores.TaskTopics(
        parts.topics().deadLetters(), requestsTopic(parts, config), partitions);
  }

  private static String requestsTopic(TopologyParts parts, BackstopConfig config) {
    return config.intake().partitioning() == Partitioning.BY_IDEMPOTENCY_KEY
        ? parts.topics().requestsByKey()
        : parts.topics().requests();
  }

  private EndpointAnnouncement announcement(Address address, Wiring.Identity identity) {
    return new EndpointAnnouncement(
        wiring.parts().topics().fleetState(),
        identity.place(),
        new InstanceEndpoint(address.url(), identity.process()),
        wiring.stateSerializer());
  }

  private void awaitRunning() {
    streams.start();
    try {
      boolean started =
          runningOrDead.await(config.kafka().startTimeout().toMillis(), TimeUnit.MILLISECONDS);
      if (!started) {
        // a restore of large stores takes its time; work begins when it is done
        LOG.warn("no assignment yet waited={}", config.kafka().startTimeout());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static KafkaStreams streams(
      Topology topology, Properties settings, BackstopConfig config) {
    try {
      return new KafkaStreams(topology, settings);
    } catch (StreamsException e) {
      throw new StartupException(
          "state directory %s is in use or damaged (%s): stop the other instance that uses it, or set backstop.kafka.state-dir to one of its own"
              .formatted(config.kafka().stateDir(), e.getMessage()),
          e);
    }
  }
}
