package io.backstop.execution;

import io.backstop.action.ActionRequest;
import io.backstop.action.Admission;
import io.backstop.action.CallRate;
import io.backstop.action.Cascade;
import io.backstop.action.CircuitGate;
import io.backstop.action.FailedAttempt;
import io.backstop.action.InFlightWork;
import io.backstop.action.Lineage;
import io.backstop.action.OriginalRecord;
import io.backstop.action.Outcome;
import io.backstop.action.PayloadFamily;
import io.backstop.action.RetryDecision;
import io.backstop.action.RetryRule;
import io.backstop.action.StoreNames;
import io.backstop.action.TaskPayload;
import io.backstop.action.Work;
import io.backstop.config.BackstopConfig;
import io.backstop.config.Policies;
import io.backstop.executor.ActionExecutor;
import io.backstop.executor.CallContext;
import io.backstop.executor.Target;
import io.backstop.executor.Targets;
import io.backstop.metrics.ActionMetrics;
import io.backstop.serde.Registry;
import io.backstop.serde.StateSerde;
import io.backstop.serde.WireDecoder;
import io.backstop.serde.WireEncoder;
import io.backstop.testing.TestConfig;
import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.Stores;

/** Several tasks of one process, whose guards and calls a test plays. Time is an argument. */
final class TaskScenario implements AutoCloseable {
  static final String TARGET = "notion:createPage";
  private static final String SETTINGS_PREFIX = "backstop.services.notion.";

  /** One task: its processor, and what it has started. */
  final class Task {
    private final Processor<byte[], Work, byte[], Object> processor = node.get();
    private final MockProcessorContext<byte[], Object> context;
    private final int partition;
    private int published;

    private Task(int partition, Path directory) {
      this.partition = partition;
      this.context =
          new MockProcessorContext<>(
              new Properties(), new TaskId(0, partition), directory.toFile());
      add(StoreNames.IN_FLIGHT, Serdes.String(), new StateSerde<>(InFlightWork.class));
      add(StoreNames.WAITING, Serdes.Bytes(), Serdes.String());
      add(StoreNames.BACKING_OFF, Serdes.Bytes(), Serdes.ByteArray());
      processor.init(context);
    }

    private <K, V> void add(String name, Serde<K> key, Serde<V> value) {
      StateStore store =
          Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), key, value)
              .withLoggingDisabled()
              .build();
      store.init(context.getStateStoreContext(), store);
      context.addStateStore(store);
    }

    void publish(long now) {
      context.setCurrentSystemTimeMs(now);
      processor.process(new Record<>(new byte[0], work(partition + "-" + published++, now), now));
    }

    /** As the desk does it. */
    void replay(long now) {
      context.setCurrentSystemTimeMs(now);
      Work live = work(partition + "-" + published++, now);
      Lineage lineage = new Lineage("op", 1, Optional.empty(), Optional.empty(), 0, false);
      OriginalRecord original =
          OriginalRecord.newBuilder(live.original()).setHeaders(lineage.stamp(List.of())).build();
      Work replayed = Work.of(live.request(), live.idempotencyKey(), original, now);
      processor.process(new Record<>(new byte[0], replayed, now));
    }

    /** For another action, whose payload cannot be converted for the target. */
    void publishAsFallback(long now) {
      context.setCurrentSystemTimeMs(now);
      Work work = work(partition + "-" + published++, now);
      var request = ActionRequest.newBuilder(work.request()).setAction("acme:do").build();
      var cascade = new Cascade(List.of(TARGET), 0, "request", 0, OptionalLong.empty());
      Work fallback = Work.of(request, work.idempotencyKey(), work.original(), now).with(cascade);
      processor.process(new Record<>(new byte[0], fallback, now));
    }

    void tick(long now) {
      context.setCurrentSystemTimeMs(now);
      context.scheduledPunctuators().forEach(each -> each.getPunctuator().punctuate(now));
    }

    void close() {
      processor.close();
    }

    long started() {
      return calls.stream().filter(id -> id.startsWith(partition + "-")).count();
    }
  }

  final List<String> calls = new ArrayList<>();
  final List<Admission.Granted> abandoned = new ArrayList<>();
  final List<Admission.Granted> notUsed = new ArrayList<>();
  Admission admission = Admission.CALL;
  CompletableFuture<Outcome> answer =
      CompletableFuture.completedFuture(new Outcome.Succeeded("ok", OptionalInt.of(200)));
  private final WireDecoder<ActionRequest> decoder;
  private final WireEncoder<ActionRequest> encoder;
  private final ExecutionNode node;

  /**
   * @param settings keys below those of the service, and values
   */
  TaskScenario(CallRate rate, String... settings) {
    String[] full = settings.clone();
    for (int index = 0; index < full.length; index += 2) {
      full[index] = SETTINGS_PREFIX + full[index];
    }
    BackstopConfig config = TestConfig.with(full);
    var metrics = new ActionMetrics(new SimpleMeterRegistry());
    var guards =
        new CallGuards(
            new Policies(config),
            scope -> new Gate(),
            scope -> rate,
            scope -> new NoRetry(),
            target -> false,
            (work, now) -> Optional.empty(),
            NoFallbacks.in(config));
    var plans =
        new CallPlans(
            Targets.of(List.of(new Recording())),
            config,
            (service, own) -> () -> CompletableFuture.completedFuture("none"),
            null,
            guards,
            metrics);
    var registry =
        new Registry(
            TestConfig.with("backstop.registry.auto-register", "true").registry(),
            new MockSchemaRegistryClient(List.of(new AvroSchemaProvider())));
    encoder = new WireEncoder<>(registry, "requests", ActionRequest.class);
    decoder = new WireDecoder<>(ActionRequest.class, registry, Clock.systemUTC());
    decoder.warmUp("requests-value").join();
    node =
        new ExecutionNode(
            plans,
            config.execution(),
            decoder,
            new CallGate(),
            metrics,
            new ExecutionNode.Children("out", "hops"));
  }

  Task task(int partition, Path directory) {
    return new Task(partition, directory);
  }

  private Work work(String id, long now) {
    var request =
        ActionRequest.newBuilder()
            .setRequestId(id)
            .setAction(TARGET)
            .setPayload(TaskPayload.newBuilder().setTitle(id).build())
            .build();
    var original =
        new OriginalRecord(
            "requests", 0, 1L, now, null, ByteBuffer.wrap(encoder.encode(request)), List.of());
    return Work.of(request, id, original, now);
  }

  @Override
  public void close() {
    decoder.close();
  }

  private final class Recording implements ActionExecutor {
    @Override
    public Target target() {
      return new Target(TARGET, PayloadFamily.TASK);
    }

    @Override
    public CompletionStage<Outcome> execute(ActionRequest request, CallContext context) {
      calls.add(request.getRequestId());
      return answer;
    }
  }

  private final class Gate implements CircuitGate {
    @Override
    public Admission admit(long now) {
      return admission;
    }

    @Override
    public boolean refuses(long now) {
      return admission instanceof Admission.Refused;
    }

    @Override
    public void ended(Admission.Granted granted, Outcome outcome, long durationMs, long now) {}

    @Override
    public void notUsed(Admission.Granted granted, long now) {
      notUsed.add(granted);
    }

    @Override
    public void abandoned(Admission.Granted granted) {
      abandoned.add(granted);
    }
  }

  private static final class NoRetry implements RetryRule {
    @Override
    public void firstAttempt(long now) {}

    @Override
    public RetryDecision decide(FailedAttempt failed, long now) {
      return new RetryDecision.Never("");
    }
  }

  /** Lets one call start in so many milliseconds. */
  static final class Slow implements CallRate {
    final List<String> told = new ArrayList<>();
    private final long everyMs;
    private long nextAt;

    Slow(long everyMs) {
      this.everyMs = everyMs;
    }

    @Override
    public boolean tryStart(long now) {
      boolean may = now >= nextAt;
      nextAt = may ? now + everyMs : nextAt;
      return may;
    }

    @Override
    public void giveBack(long now) {
      nextAt = now;
    }

    @Override
    public boolean isLimited() {
      return everyMs > 0;
    }

    @Override
    public void succeeded(long now) {
      told.add("succeeded");
    }

    @Override
    public void throttled(Optional<Duration> retryAfter, long startedAt, long now) {
      told.add("throttled");
    }

    @Override
    public void paused(Duration retryAfter, long now) {
      told.add("paused");
    }

    @Override
    public long pausedUntil(long now) {
      return 0;
    }
  }
}
