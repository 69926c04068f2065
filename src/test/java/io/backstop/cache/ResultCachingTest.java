package io.backstop.cache;

import static io.backstop.cache.Samples.NOW;
import static io.backstop.cache.Samples.done;
import static io.backstop.cache.Samples.policy;
import static io.backstop.cache.Samples.query;
import static io.backstop.cache.Samples.work;
import static org.assertj.core.api.Assertions.assertThat;

import io.backstop.action.ActionResult;
import io.backstop.action.CachedResult;
import io.backstop.action.Failure;
import io.backstop.action.FailureClass;
import io.backstop.action.IdempotencyKey;
import io.backstop.action.ResultStatus;
import io.backstop.action.TerminalOutcome;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class ResultCachingTest {
  private static final Logger LOG = LoggerFactory.getLogger(ResultCachingTest.class);
  private final MockProcessorContext<String, CachedResult> context = new MockProcessorContext<>();
  private final Processor<byte[], TerminalOutcome, String, CachedResult> caching =
      started("backstop.cache.max-entry-size", "1KB");

  @Test
  void shouldKeepASuccessfulResultUnderItsKey() {
    process(done(query("q"), "{\"n\":1}"));

    var kept = kept().get(0);
    assertThat(kept.key())
        .isEqualTo("notion:query payload:" + IdempotencyKey.payloadHash(query("q").request()));
    assertThat(kept.value())
        .isEqualTo(
            new CachedResult(
                "notion:query", "r-q", "notion:query", "{\"n\":1}", Instant.ofEpochMilli(NOW)));
    assertThat(kept.timestamp()).isEqualTo(NOW);
  }

  @Test
  void shouldKeepAnythingThatTheRequestGivesAKeyFor() {
    process(done(work("acme:ask", "q", policy("prompt", null)), "{}"));

    assertThat(kept()).extracting(Record::key).containsExactly("acme:ask =prompt");
  }

  @Test
  void shouldKeepNothingThatIsNoFreshWholeSuccess() {
    process(changed(result -> result.setStatus(ResultStatus.DEAD_LETTERED)));
    process(changed(result -> result.setFromCache(true)));
    process(changed(result -> result.setDuplicateOf("r-0")));
    process(changed(result -> result.setResponseTruncated(true)));
    process(changed(result -> result.setResponseData(null)));
    process(done(work("notion:createPage", "q", null), "{}"));
    process(new TerminalOutcome.Duplicate(query("q"), "r-0"));
    process(
        new TerminalOutcome.DeadLettered(
            query("q"), Failure.ofWork(query("q"), List.of(), FailureClass.SERVER_ERROR, "down")));

    assertThat(kept()).isEmpty();
  }

  @Test
  void shouldKeepNothingThatIsTooLarge() {
    process(done(query("a"), "x".repeat(1_025)));
    process(done(query("b"), "€".repeat(400)));
    process(done(query("c"), "x".repeat(600)));

    assertThat(kept()).extracting(kept -> kept.value().getRequestId()).containsExactly("r-c");
  }

  /** Every request of every action comes by here; a limit this wide only catches hashing. */
  @Test
  void shouldCostNextToNothingWhereCachingDoesNotApply() {
    var record =
        new Record<byte[], TerminalOutcome>(
            null, done(work("slack:postMessage", "q", null), "{}"), NOW);
    int rounds = 2_000_000;
    long best = Long.MAX_VALUE;

    for (int round = 0; round < 5; round++) {
      long start = System.nanoTime();
      for (int i = 0; i < rounds; i++) {
        caching.process(record);
      }
      best = Math.min(best, System.nanoTime() - start);
    }

    double nanos = (double) best / rounds;
    LOG.info("cost of a request to which caching does not apply ns={}", nanos);
    assertThat(nanos).isLessThan(500);
  }

  private static TerminalOutcome changed(Consumer<ActionResult.Builder> change) {
    TerminalOutcome.Done done = done(query("q"), "{}");
    ActionResult.Builder result = ActionResult.newBuilder(done.result());
    change.accept(result);
    return new TerminalOutcome.Done(done.work(), result.build());
  }

  private void process(TerminalOutcome outcome) {
    caching.process(new Record<>(null, outcome, NOW));
  }

  private List<Record<String, CachedResult>> kept() {
    return context.forwarded().stream()
        .map(forward -> forward.record())
        .map(each -> new Record<String, CachedResult>(each.key(), each.value(), each.timestamp()))
        .toList();
  }

  private Processor<byte[], TerminalOutcome, String, CachedResult> started(String... settings) {
    var processor = ResultCaching.supplier(Samples.results(settings)).get();
    processor.init(context);
    return processor;
  }
}
