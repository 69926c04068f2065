package io.backstop.idempotency;

import io.backstop.action.ActionResult;
import io.backstop.action.FinishedRequest;
import io.backstop.action.ResultStatus;
import io.backstop.runtime.MicroStores;
import io.backstop.runtime.RocksMemory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.WindowStore;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The idempotency check in a store of many keys on disk, with RocksDB set as the processor sets it.
 */
@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class IdempotencyMicro {
  private static final Duration RETENTION = Duration.ofHours(24);
  private static final long NOW = 1_772_000_000_000L;

  @Param("1000000")
  public int keys;

  private Path directory;
  private RocksMemory memory;
  private WindowStore<String, FinishedRequest> rocks;
  private FinishedStore store;
  private FinishedRequest outcome;
  private int next;

  /** Fills the store. */
  @Setup(Level.Trial)
  public void fill() throws IOException {
    directory = Files.createTempDirectory("backstop-micro-");
    Map<String, Object> settings = new HashMap<>();
    settings.put("application.id", "micro");
    settings.put("bootstrap.servers", "unused:1");
    memory = MicroStores.memory(settings);
    var properties = new Properties();
    properties.putAll(settings);
    var context =
        new MockProcessorContext<Void, Void>(properties, new TaskId(0, 0), directory.toFile());
    rocks = FinishedStore.builder(RETENTION).withLoggingDisabled().build();
    rocks.init(context.getStateStoreContext(), rocks);
    store = new FinishedStore(rocks, RETENTION);
    outcome = outcome();
    for (int index = 0; index < keys; index++) {
      store.put("key-" + index, outcome, NOW);
    }
    rocks.commit(Map.of());
  }

  /** Closes the store and deletes its files. */
  @TearDown(Level.Trial)
  public void close() {
    rocks.close();
    memory.close();
    try (Stream<Path> files = Files.walk(directory)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path each : deepestFirst) {
        Files.delete(each);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A key never seen before: the common case. */
  @Benchmark
  public Optional<FinishedRequest> newKey() {
    return store.find("new-" + next++, NOW);
  }

  /** A duplicate of a finished request, all over the store. */
  @Benchmark
  public Optional<FinishedRequest> knownKey() {
    next = (next + 7919) % keys;
    return store.find("key-" + next, NOW);
  }

  /** The one write at the end of a request. */
  @Benchmark
  public void record() {
    store.put("more-" + next++, outcome, NOW);
  }

  private static FinishedRequest outcome() {
    Instant time = Instant.ofEpochMilli(NOW);
    return new FinishedRequest(
        time,
        ActionResult.newBuilder()
            .setRequestId("r-1")
            .setIdempotencyKey("key-1")
            .setStatus(ResultStatus.SUCCEEDED)
            .setPrimaryAction("notion:createPage")
            .setResponseData("{\"object\":\"page\",\"id\":\"" + "x".repeat(200) + "\"}")
            .setReceivedAt(time)
            .setCompletedAt(time)
            .build(),
        0);
  }
}
