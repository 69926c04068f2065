package io.backstop.runtime;

import io.backstop.action.ActionRequest;
import io.backstop.action.ActionResult;
import io.backstop.action.DeadLetter;
import io.backstop.config.BackstopConfig;
import io.backstop.config.StartupException;
import io.backstop.deadletter.LetterRecords;
import io.backstop.execution.CallGate;
import io.backstop.execution.CallPlans;
import io.backstop.execution.ExecutionNode;
import io.backstop.executor.Targets;
import io.backstop.intake.IntakeNode;
import io.backstop.metrics.ActionMetrics;
import io.backstop.serde.Registry;
import io.backstop.serde.WireDecoder;
import io.backstop.serde.WireEncoder;
import io.backstop.topology.ActionTopology;
import io.backstop.topology.Topics;
import io.backstop.topology.TopologyParts;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One running instance: everything is checked before the first request is read. Closing it lets the
 * calls in flight finish, commits and leaves the group.
 */
public final class ActionProcessor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ActionProcessor.class);
  private static final long STORE_CACHE_BYTES = 64L * 1024 * 1024;
  private static final long WRITE_BUFFER_BYTES = 96L * 1024 * 1024;

  private final BackstopConfig config;
  private final Registry registry;
  private final WireDecoder<ActionRequest> decoder;
  private final Outside outside;
  private final CallGate gate = new CallGate();
  private final RocksMemory memory = new RocksMemory(STORE_CACHE_BYTES, WRITE_BUFFER_BYTES);
  private final ThreadFailures failures;
  private final KafkaStreams streams;
  private final CountDownLatch running = new CountDownLatch(1);

  private ActionProcessor(BackstopConfig config, Outside outside, Registry registry, Clock clock) {
    this.config = config;
    this.outside = outside;
    this.registry = registry;
    this.decoder = new WireDecoder<>(ActionRequest.class, registry, clock);
    this.failures = new ThreadFailures(clock);
    Topics topics = new Topics(config.topics().prefix());
    Serializer<ActionResult> results =
        serializer(new WireEncoder<>(registry, topics.results(), ActionResult.class));
    Serializer<DeadLetter> letters =
        serializer(new WireEncoder<>(registry, topics.deadLetters(), DeadLetter.class));
    registry.announce(topics.requests(), ActionRequest.getClassSchema());
    decoder.warmUp(topics.requests() + "-value").join();
    Properties settings = new Properties();
    settings.putAll(
        StreamsSettings.of(
            config.kafka(), new LetterRecords(topics.deadLetters(), letters, clock), memory));
    this.streams = streams(topology(topics, results, letters, clock), settings, config);
    streams.setUncaughtExceptionHandler(failures);
    streams.setStateListener(
        (now, before) -> {
          if (now == KafkaStreams.State.RUNNING) {
            running.countDown();
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
    Registry registry = null;
    try {
      StateDirectory.require(config.kafka().stateDir());
      try (TopicAdmin admin = TopicAdmin.connect(config)) {
        admin.requireFeatures();
        admin.requireReady();
      }
      registry = new Registry(config.registry());
      ActionProcessor processor = new ActionProcessor(config, outside, registry, clock);
      processor.awaitRunning();
      return processor;
    } catch (RuntimeException e) {
      outside.close();
      close(registry);
      throw e;
    }
  }

  /** Completes with the reason when the processor stopped because it cannot go on. */
  public CompletableFuture<Throwable> fatal() {
    return failures.fatal();
  }

  @Override
  public void close() {
    gate.close();
    boolean idle = gate.awaitIdle(config.kafka().shutdownTimeout());
    LOG.info("processor stops callsGivenUp={}", idle ? 0 : gate.inFlight());
    streams.close(
        CloseOptions.timeout(Duration.ofSeconds(30))
            .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
    decoder.close();
    outside.close();
    memory.close();
    close(registry);
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

  private void awaitRunning() {
    streams.start();
    try {
      boolean started =
          running.await(config.kafka().startTimeout().toMillis(), TimeUnit.MILLISECONDS);
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

  private Topology topology(
      Topics topics,
      Serializer<ActionResult> results,
      Serializer<DeadLetter> letters,
      Clock clock) {
    ActionMetrics metrics = new ActionMetrics(outside.meters());
    Targets targets = outside.targets();
    CallPlans plans =
        new CallPlans(targets, config, outside.credentials(), outside.http(), metrics);
    return ActionTopology.of(
        new TopologyParts(
            topics,
            config.intake().partitioning(),
            new IntakeNode.Shared(targets, config.intake(), decoder, metrics),
            config.idempotency(),
            new ExecutionNode(plans, config.execution(), decoder, gate, metrics),
            metrics,
            results,
            letters,
            clock));
  }

  private static <T extends org.apache.avro.specific.SpecificRecord> Serializer<T> serializer(
      WireEncoder<T> encoder) {
    return (topic, value) -> value == null ? null : encoder.encode(value);
  }
}
