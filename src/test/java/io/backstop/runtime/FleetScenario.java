package io.backstop.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.ActionRequest;
import io.backstop.action.ActionResult;
import io.backstop.action.FailureClass;
import io.backstop.action.MessagePayload;
import io.backstop.testing.BrokerExtension;
import io.backstop.testing.TestConfig;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;

/**
 * Three instances in one consumer group that call one service with the real executor. An instance
 * can be in a process of its own, to be killed.
 */
final class FleetScenario implements AutoCloseable {
  static final int INSTANCES = 3;
  static final String SERVICE = "slack";
  static final int FAILURE_THRESHOLD = 5;
  static final int MAX_CONCURRENT_CALLS = 4;
  static final Duration PATIENCE = Duration.ofSeconds(60);
  final FrontDoors service = new FrontDoors(INSTANCES);
  final ProcessorScenario flow;
  final FleetWatch watch;
  final AtomicInteger published = new AtomicInteger();
  private final Path directory;
  private final boolean keepsPlaces;
  private final Map<Integer, AutoCloseable> instances = new ConcurrentHashMap<>();
  private final ExecutorService threads = Executors.newFixedThreadPool(INSTANCES);
  private final ScheduledExecutorService publisher = Executors.newSingleThreadScheduledExecutor();
  private ScheduledFuture<?> load;

  FleetScenario(BrokerExtension broker, Path directory, String... further) {
    this(broker, directory, false, further);
  }

  private FleetScenario(
      BrokerExtension broker, Path directory, boolean keepsPlaces, String... further) {
    this.directory = directory;
    this.keepsPlaces = keepsPlaces;
    String[] common = {
      "backstop.fallback.enabled", "false",
      "backstop.retry.max-attempts", "1",
      "backstop.execution.max-concurrent-calls", "" + MAX_CONCURRENT_CALLS,
      "backstop.circuit.failure-threshold", "" + FAILURE_THRESHOLD,
      "backstop.circuit.open-duration", "400ms",
      "backstop.circuit.open-factor", "1",
      "backstop.circuit.permit-duration", "500ms",
      "backstop.circuit.probe-timeout", "300ms",
      "backstop.events.request-succeeded", "false",
      "backstop.events.request-failed", "false",
      "backstop.events.request-rejected", "false",
      "backstop.services.slack.token", "xoxb-test"
    };
    String[] settings = Stream.of(common, further).flatMap(Stream::of).toArray(String[]::new);
    flow = new ProcessorScenario(broker, directory.resolve("unused"), settings);
    watch = new FleetWatch(TestConfig.with(flow.settings()), SERVICE);
  }

  /** One whose instances take up their tasks again at once when they come back. */
  static FleetScenario ofFixedMembers(BrokerExtension broker, Path directory, String... further) {
    Stream<String> settings =
        Stream.concat(Stream.of("backstop.kafka.group-protocol", "classic"), Stream.of(further));
    return new FleetScenario(broker, directory, true, settings.toArray(String[]::new));
  }

  /** Starts all at once: the first assignment is the last one. */
  void startAll() {
    atOnce(this::start);
  }

  /** The same with the last one in a process of its own. */
  void startAllWithLastApart() {
    atOnce(
        each -> {
          if (each == INSTANCES - 1) {
            startApart(each);
          } else {
            start(each);
          }
        });
  }

  /** Starts one; returns when it runs. */
  void start(int instance) {
    var config = TestConfig.with(settings(instance));
    var processor = ActionProcessor.start(config, Outside.configured(config), Clock.systemUTC());
    instances.put(instance, processor);
  }

  /** Starts one in a process of its own. */
  void startApart(int instance) {
    List<String> small = List.of("-Xmx256m", "-XX:TieredStopAtLevel=1");
    instances.put(instance, ProcessorProcess.start(small, "configured", settings(instance)));
  }

  /** Kills one that is in a process of its own. */
  void kill(int instance) {
    ((ProcessorProcess) instances.remove(instance)).kill();
  }

  /** Stops one in order. */
  void stop(int instance) {
    AutoCloseable stopped = instances.remove(instance);
    try {
      if (stopped != null) {
        stopped.close();
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  void stopAll() {
    atOnce(this::stop);
  }

  private void atOnce(IntConsumer action) {
    CompletableFuture.allOf(
            IntStream.range(0, INSTANCES)
                .mapToObj(each -> CompletableFuture.runAsync(() -> action.accept(each), threads))
                .toArray(CompletableFuture<?>[]::new))
        .join();
  }

  private String[] settings(int instance) {
    String name = "instance-" + instance;
    var changes = new ArrayList<String>();
    changes.addAll(List.of("backstop.kafka.state-dir", directory.resolve(name).toString()));
    changes.addAll(List.of("backstop.services.slack.base-url", service.url(instance)));
    if (keepsPlaces) {
      changes.addAll(List.of("backstop.kafka.group-instance-id", name));
    }
    return flow.settings(changes.toArray(String[]::new));
  }

  /** Publishes at an even pace, to each partition in turn, until {@link #endLoad}. */
  void load(int perSecond) {
    load =
        publisher.scheduleAtFixedRate(
            this::publish, 0, TimeUnit.SECONDS.toNanos(1) / perSecond, TimeUnit.NANOSECONDS);
  }

  void endLoad() {
    load.cancel(false);
  }

  /** Publishes the next request. */
  void publish() {
    int number = published.getAndIncrement();
    String id = "r-" + number;
    MessagePayload message =
        MessagePayload.newBuilder().setRecipients(List.of("C0123456789")).setText(id).build();
    ActionRequest request =
        ActionRequest.newBuilder()
            .setRequestId(id)
            .setAction("slack:postMessage")
            .setPayload(message)
            .build();
    flow.producer.send(
        new ProducerRecord<>(
            flow.topics.requests(),
            number % ProcessorScenario.PARTITIONS,
            ProcessorScenario.utf8(id),
            flow.encoder.encode(request)));
  }

  /** Waits until each instance makes calls, after now. */
  void awaitEveryoneCalls() {
    long now = System.currentTimeMillis();
    await(
        "calls of every instance",
        () ->
            service.callsSince(now).stream().map(FrontDoors.Call::instance).distinct().count()
                == INSTANCES);
  }

  /** Waits until a request of each partition, so of each instance, has ended in this way. */
  void awaitLetterOfEveryPartition(FailureClass failureClass) {
    await(
        failureClass + " in every partition",
        () -> {
          flow.readOn();
          return flow.letterRecords.stream()
                  .filter(each -> each.value().getFailureClass() == failureClass)
                  .map(each -> each.value().getOriginal().getPartition())
                  .distinct()
                  .count()
              == ProcessorScenario.PARTITIONS;
        });
  }

  /** Waits until the coordinators have heard of every instance. */
  void awaitEveryoneKnown() {
    await("all instances in the statistics", () -> watch.knownInstances() == INSTANCES);
  }

  static void await(String what, Callable<Boolean> condition) {
    await(what, PATIENCE, condition);
  }

  static void await(String what, Duration patience, Callable<Boolean> condition) {
    Awaitility.await(what)
        .atMost(patience)
        .pollInterval(10, TimeUnit.MILLISECONDS)
        .until(condition);
  }

  /** Each request that was published has ended, and once. */
  void assertOneOutcomeEach() {
    flow.producer.flush();
    flow.awaitOutcomes(published.get());
    flow.readOn();
    assertThat(
            Stream.concat(
                flow.results().stream().map(ActionResult::getRequestId),
                flow.letters().stream().map(letter -> letter.getRequest().getRequestId())))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, published.get()).mapToObj(number -> "r-" + number).toList());
  }

  @Override
  public void close() {
    publisher.shutdownNow();
    stopAll();
    threads.shutdown();
    watch.close();
    service.close();
    flow.close();
  }
}
