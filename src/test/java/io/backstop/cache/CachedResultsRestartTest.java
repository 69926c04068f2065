package io.backstop.cache;

import static io.backstop.cache.Samples.NOW;
import static io.backstop.cache.Samples.cached;
import static io.backstop.cache.Samples.policy;
import static io.backstop.cache.Samples.work;
import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.CachedResult;
import io.backstop.action.Work;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process finds on its disk, written by the one before it; the test driver deletes it. */
class CachedResultsRestartTest {
  private static final String KEY = "acme:ask =k";
  private static final Work ASKING = work("acme:ask", "q", policy("k", 3_600_000L));

  @TempDir private Path stateDir;
  private CachedResults results;
  private KeyValueStore<String, byte[]> store;
  private Processor<String, CachedResult, Void, Void> update;

  @BeforeEach
  void start() {
    start(NOW);
  }

  @AfterEach
  void stop() {
    update.close();
    store.close();
  }

  @Test
  void shouldHoldTheSameAfterARestart() {
    read("*", cached("*", "", NOW));
    read(KEY, cached("acme:ask", "answer", NOW + 1));
    read("acme:ask =gone", cached("acme:ask", "{}", NOW + 1));
    read("acme:ask =gone", null);
    Held before = results.held();

    restart(NOW + 1_000);
    read("acme:ask =older", cached("acme:ask", "{}", NOW));

    assertThat(results.held()).isEqualTo(before);
    assertThat(stored()).containsExactlyInAnyOrder("*", KEY);
    assertThat(results.find(ASKING, NOW + 1_000))
        .map(CachedResult::getResponseData)
        .contains("answer");
  }

  @Test
  void shouldKeepWhatCameAfterAMarkFromAClockThatIsBehind() {
    read("*", cached("*", "", NOW));
    read(KEY, cached("acme:ask", "{}", NOW + 5));
    read("* notion:query", cached("* notion:query", "", NOW + 10));

    restart(NOW + 1_000);

    assertThat(stored()).containsExactlyInAnyOrder("*", "* notion:query", KEY);
  }

  @Test
  void shouldDropAtStartWhatHasBecomeTooOld() {
    read(KEY, cached("acme:ask", "{}", NOW));
    read("acme:ask =young", cached("acme:ask", "{}", NOW + 1_000));

    restart(NOW + 3_600_000);

    assertThat(stored()).containsExactly("acme:ask =young");
  }

  @Test
  void shouldChangeNothingWhenARestartBringsRecordsAgain() {
    readSome();
    Set<String> before = stored();
    restart(NOW + 1_000);

    readSome();

    assertThat(stored()).isEqualTo(before);
  }

  @Test
  void shouldDropAtStartWhatItCannotRead() {
    read(KEY, cached("acme:ask", "{}", NOW));
    store.put("acme:ask =damaged", new byte[] {1, 2, 3});

    var found = results.find(work("acme:ask", "q", policy("damaged", null)), NOW);
    restart(NOW + 1);

    assertThat(found).isEmpty();
    assertThat(stored()).containsExactly(KEY);
  }

  @Test
  void shouldMissWhileTheStoreIsClosed() {
    read(KEY, cached("acme:ask", "{}", NOW));

    store.close();

    assertThat(results.find(ASKING, NOW)).isEmpty();
    assertThat(results.due(NOW).get(0).getCache().getMisses()).isEqualTo(1);
  }

  @Test
  void shouldHoldNothingAfterItsEnd() {
    read(KEY, cached("acme:ask", "{}", NOW));

    update.close();

    assertThat(results.held()).isEqualTo(Held.NOTHING);
    assertThat(results.find(ASKING, NOW)).isEmpty();
  }

  /** Streams restores with one processor, never closes it, and goes on with another. */
  @Test
  void shouldGoOnWhereTheProcessorThatRestoredEnded() {
    read(KEY, cached("acme:ask", "{}", NOW));

    update = processor(NOW + 10);
    read("acme:ask =next", cached("acme:ask", "{}", NOW + 10));

    assertThat(results.held().entries()).isEqualTo(2);
    assertThat(results.find(ASKING, NOW + 20)).isPresent();
  }

  @Test
  void shouldNotHideAStoreThatTookThePlaceOfAnother() {
    read(KEY, cached("acme:ask", "{}", NOW));
    KeyValueStore<String, byte[]> another = CachedResultsUpdate.store().build();

    results.hide(another);

    assertThat(results.find(ASKING, NOW)).isPresent();
  }

  @Test
  void shouldAnswerManyThreadsWhileItChangesAndCloses() throws Exception {
    var threads = Executors.newFixedThreadPool(3);
    var stopped = new AtomicBoolean();
    Callable<Long> asking =
        () -> {
          long wrong = 0;
          while (!stopped.get()) {
            Optional<CachedResult> found = results.find(ASKING, NOW);
            wrong += found.isPresent() && !found.get().getAction().equals("acme:ask") ? 1 : 0;
            results.due(NOW);
          }
          return wrong;
        };
    List<Future<Long>> askers = List.of(1, 2, 3).stream().map(i -> threads.submit(asking)).toList();

    for (int i = 0; i < 3_000; i++) {
      read(KEY, i % 3 == 2 ? null : cached("acme:ask", "x".repeat(i % 500), NOW));
    }
    update.close();
    store.close();
    results.show(store, Held.NOTHING);
    stopped.set(true);

    for (Future<Long> asker : askers) {
      assertThat(asker.get(10, TimeUnit.SECONDS)).isZero();
    }
    threads.shutdown();
  }

  private void readSome() {
    read("acme:ask =0", cached("acme:ask", "{}", NOW));
    read("*", cached("*", "", NOW + 1));
    read(KEY, cached("acme:ask", "{}", NOW + 2));
  }

  private void read(String key, CachedResult value) {
    update.process(new Record<>(key, value, NOW));
  }

  private Set<String> stored() {
    Set<String> keys = new HashSet<>();
    try (var all = store.all()) {
      all.forEachRemaining(entry -> keys.add(entry.key));
    }
    return keys;
  }

  private void restart(long now) {
    stop();
    start(now);
  }

  private void start(long now) {
    results = Samples.results("backstop.cache.retention", "1h");
    var context = context(now);
    store = CachedResultsUpdate.store().build();
    store.init(context.getStateStoreContext(), store);
    update = processor(now);
  }

  private Processor<String, CachedResult, Void, Void> processor(long now) {
    var context = context(now);
    context.addStateStore(store);
    var processor = CachedResultsUpdate.supplier(results).get();
    processor.init(context);
    return processor;
  }

  private MockProcessorContext<Void, Void> context(long now) {
    var settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "cache-test");
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1");
    var context =
        new MockProcessorContext<Void, Void>(settings, new TaskId(0, 0), stateDir.toFile());
    context.setCurrentSystemTimeMs(now);
    return context;
  }
}
