package io.backstop.statistics;

import static io.backstop.statistics.Samples.CSV;
import static io.backstop.statistics.Samples.NOW;
import static io.backstop.statistics.Samples.PRIMARY;
import static io.backstop.statistics.Samples.TRELLO;
import static io.backstop.statistics.Samples.dead;
import static io.backstop.statistics.Samples.doneBy;
import static io.backstop.statistics.Samples.queue;
import static io.backstop.statistics.Samples.result;
import static io.backstop.statistics.Samples.work;
import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.Cascade;
import io.backstop.action.FallbackReport;
import io.backstop.action.FallbackUse;
import io.backstop.action.Priority;
import io.backstop.action.QueueCounts;
import io.backstop.action.QueueDepth;
import io.backstop.action.RecordHeader;
import io.backstop.action.TerminalOutcome;
import io.backstop.action.Work;
import io.backstop.metrics.ActionMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FallbackReportingTest {
  private static final List<String> STEPS = List.of(TRELLO, CSV);

  @TempDir private Path directory;
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final QueueDepth depth = new QueueDepth();
  private final Processor<byte[], TerminalOutcome, String, FallbackReport> reporting =
      FallbackReporting.supplier(
              new FallbackReporting.Shared(
                  List.of(PRIMARY, TRELLO, CSV), depth, new ActionMetrics(meters)))
          .get();
  private MockProcessorContext<String, FallbackReport> context;
  private KeyValueStore<String, FallbackUse> store;

  @BeforeEach
  void start() {
    context = new MockProcessorContext<>(new Properties(), new TaskId(0, 3), directory.toFile());
    context.setCurrentSystemTimeMs(NOW);
    store = UnreportedUses.builder().withCachingDisabled().withLoggingDisabled().build();
    store.init(context.getStateStoreContext(), store);
    context.addStateStore(store);
    reporting.init(context);
  }

  @Test
  void shouldReportEveryUseOnceAndForgetIt() {
    process(doneBy(TRELLO, work(STEPS, 0, TRELLO)));
    process(doneBy(CSV, work(STEPS, 1, TRELLO, CSV)));
    process(dead(work(STEPS, 1, TRELLO, CSV)));
    tick();
    tick();

    FallbackReport report = only(reports());
    assertThat(report.getTask()).isEqualTo("3");
    assertThat(report.getUses())
        .containsExactly(
            new FallbackUse(PRIMARY, CSV, 1L, 1L, at(), "SERVER_ERROR: notion is down"),
            new FallbackUse(PRIMARY, TRELLO, 1L, 2L, at(), "SERVER_ERROR: notion is down"));
    assertThat(report.getQueue()).isNull();
    assertThat(store.all()).isExhausted();
  }

  @Test
  void shouldReportNothingOfRequestsWithoutFallback() {
    Work direct = work(STEPS, -1);
    process(new TerminalOutcome.Done(direct, result(direct).build()));
    process(dead(direct));
    tick();

    assertThat(context.forwarded()).isEmpty();
  }

  @Test
  void shouldReportNothingOfNotifications() {
    var mark = new RecordHeader("backstop-notification", ByteBuffer.wrap(new byte[] {'1'}));
    Cascade cascade = Cascade.of(STEPS, "command").at(0);
    process(doneBy(TRELLO, work(cascade, List.of(), List.of(mark))));
    tick();

    assertThat(context.forwarded()).isEmpty();
  }

  @Test
  void shouldReportWhatTheOwnerBeforeHadNotReported() {
    process(doneBy(TRELLO, work(STEPS, 0, TRELLO)));
    reporting.close();
    context.resetForwards();
    reporting.init(context);
    context.scheduledPunctuators().get(1).getPunctuator().punctuate(NOW);

    assertThat(only(reports()).getUses())
        .containsExactly(
            new FallbackUse(PRIMARY, TRELLO, 1L, 0L, at(), "SERVER_ERROR: notion is down"));
  }

  @Test
  void shouldReportTheQueueWhenItHasChangedAndAfterATakeOver() {
    var counts = new AtomicReference<QueueCounts>(queue(2, 1, "ann"));
    depth.watch("0_3", now -> counts.get());
    tick();
    tick();
    counts.set(queue(0, 3, "ann"));
    tick();
    reporting.init(context);
    context.scheduledPunctuators().get(1).getPunctuator().punctuate(NOW);

    assertThat(reports())
        .extracting(FallbackReport::getQueue)
        .containsExactly(queue(2, 1, "ann"), queue(0, 3, "ann"), queue(0, 3, "ann"));
    assertThat(depth.parked(Priority.LOW)).isEqualTo(3);
    assertThat(meters.get("backstop.retry.queue").tag("priority", "LOW").gauge().value())
        .isEqualTo(3);
  }

  @Test
  void shouldKeepStepsThatARequestMadeUpUnderOneName() {
    process(doneBy(TRELLO, work(List.of("x:a1", "x:a2", TRELLO), 2, "x:a1", "x:a2")));
    tick();

    assertThat(only(reports()).getUses())
        .extracting(FallbackUse::getFallbackAction, FallbackUse::getFailed)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("other", 2L),
            org.assertj.core.groups.Tuple.tuple(TRELLO, 0L));
    assertThat(
            meters
                .get("backstop.fallbacks")
                .tags("action", PRIMARY, "step", "other", "outcome", "failed")
                .counter()
                .count())
        .isEqualTo(2);
  }

  @Test
  void shouldCutALongError() {
    Work work = work(STEPS, 0, TRELLO);
    var result =
        result(work).setFallbackAction(TRELLO).setOriginalError("e".repeat(10_000)).build();
    process(new TerminalOutcome.Done(work, result));
    tick();

    assertThat(only(reports()).getUses().get(0).getLastError()).hasSizeLessThan(320);
  }

  private void process(TerminalOutcome outcome) {
    reporting.process(new Record<>(new byte[] {1}, outcome, NOW));
  }

  private void tick() {
    context.scheduledPunctuators().get(0).getPunctuator().punctuate(NOW);
  }

  private List<FallbackReport> reports() {
    return context.forwarded().stream()
        .map(forward -> (FallbackReport) forward.record().value())
        .toList();
  }

  private static Instant at() {
    return Instant.ofEpochMilli(NOW);
  }

  private static <T> T only(List<T> items) {
    assertThat(items).hasSize(1);
    return items.get(0);
  }
}
